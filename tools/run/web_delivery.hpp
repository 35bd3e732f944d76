// The web hook of a run: what its options say of it, and what there is to say of it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/appended_file.hpp"
#include "engine/webhook/web_hook.hpp"
#include "tools/run/run_options.hpp"

namespace picket {

class WebDelivery {
 public:
  // The other alternative is what is wrong with the options, in a sentence that begins with the one at fault. Nobody
  // waits any more once `stop` (StopSignal::descriptor()) is readable; `while_waiting` is called now and then by
  // whoever waits, who may then ask for remarks().
  using Opened = std::variant<std::unique_ptr<WebDelivery>, std::string>;
  [[nodiscard]] static Opened open(const WebHookChoice& choice, const std::string& format, int stop,
                                   std::function<void()> while_waiting);

  [[nodiscard]] Destination& destination() { return *hook_; }

  // Sends nothing further. If `wait`, first waits until all has arrived, but not longer than the options say; what is
  // with the receiver then is given a moment.
  void end(bool wait);
  // Alerts that have not arrived.
  [[nodiscard]] std::size_t left() const { return hook_->under_way(); }
  // What has happened since the last call that is worth a line.
  [[nodiscard]] std::vector<std::string> remarks();

 private:
  WebDelivery(Milliseconds patience, int stop, std::function<void()> while_waiting)
      : patience_(patience), stop_(stop), while_waiting_(std::move(while_waiting)) {}
  [[nodiscard]] bool keep(const RefusedParcel& refused);
  void remark_on(const RefusedParcel& refused);

  Milliseconds patience_;
  int stop_;
  std::function<void()> while_waiting_;
  std::string shown_name_;
  std::string dead_letter_;  // the file's name; empty: none
  std::unique_ptr<AppendedFile> letters_;
  std::mutex mutex_;
  std::vector<std::string> remarks_;
  std::size_t refused_ = 0;
  std::unique_ptr<WebHook> hook_;  // last: its thread uses all of the above
};

}  // namespace picket
