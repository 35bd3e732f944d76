// The web hook of a run: what its options say of it, and what there is to say of it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/appended_file.hpp"
#include "engine/webhook/web_hook.hpp"
#include "tools/run/run_log.hpp"
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
  [[nodiscard]] const std::string& name() const { return hook_->name(); }

  // Sends nothing further. If `wait`, first waits until all has arrived, but not longer than the options say; what is
  // with the receiver then is given a moment.
  void end(bool wait);
  // Alerts that have not arrived.
  [[nodiscard]] std::size_t left() const { return hook_->under_way(); }
  // Whether so many have not arrived that judging waits, and for how long: until fewer than `most_waiting()` have not.
  [[nodiscard]] bool is_full() const { return hook_->is_full(); }
  [[nodiscard]] std::size_t most_waiting() const { return most_waiting_; }
  // False if the program is to end meanwhile.
  bool wait_for_room() { return hook_->wait_for_room(); }
  // Alerts that were refused, in this run.
  [[nodiscard]] std::size_t refused() const;
  // What has become of those, in a sentence; nothing if there are none.
  [[nodiscard]] std::optional<Remark> fate_of_refused() const;
  // Whether the file of refused alerts was renamed; adds what there is to say of it. From any thread.
  void look_again(std::vector<Remark>& remarks);
  // What has happened since the last call that is worth a line.
  [[nodiscard]] std::vector<Remark> remarks();

 private:
  WebDelivery(Milliseconds patience, int stop, std::function<void()> while_waiting)
      : patience_(patience), stop_(stop), while_waiting_(std::move(while_waiting)) {}
  [[nodiscard]] bool keep(const RefusedParcel& refused);
  void remark_on(const RefusedParcel& refused);
  [[nodiscard]] std::string cure() const;

  Milliseconds patience_;
  int stop_;
  std::function<void()> while_waiting_;
  std::string shown_name_;
  std::string dead_letter_;  // the file's name; empty: none
  std::unique_ptr<AppendedFile> letters_;
  std::size_t most_waiting_ = 0;
  mutable std::mutex mutex_;
  std::vector<Remark> remarks_;
  std::size_t refused_ = 0;
  std::unique_ptr<WebHook> hook_;  // last: its thread uses all of the above
};

}  // namespace picket
