#include "tools/run/web_delivery.hpp"

#include <poll.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/json_line.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t refusals_shown = 5;
constexpr Milliseconds attention{50};  // how often a stop is looked for
constexpr Milliseconds last_moment{400};

bool is_readable(int descriptor) {
  pollfd event{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, 0) > 0;
}

using Headers = std::variant<std::vector<WebHeader>, std::string>;

// Those of the command line and those of the file.
Headers headers_of(const WebHookChoice& choice) {
  std::vector<WebHeader> headers;
  for (const std::string& text : choice.headers) {
    auto header = parse_web_header(text);
    if (const auto* fault = std::get_if<std::string>(&header)) return "--webhook-header: " + *fault;
    headers.push_back(std::get<WebHeader>(std::move(header)));
  }
  if (choice.header_file.empty()) return headers;
  const std::string option = "--webhook-header-file " + escape_controls(choice.header_file);
  std::ifstream file(choice.header_file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return option + " cannot be read";
  auto more = parse_web_headers(text);
  if (const auto* fault = std::get_if<std::string>(&more)) return option + ": " + *fault;
  for (WebHeader& header : std::get<std::vector<WebHeader>>(more)) headers.push_back(std::move(header));
  return headers;
}

// One object of JSON and a line end.
std::string letter_line(const RefusedParcel& refused) {
  std::string line = "{\"id\":";
  append_json(line, refused.parcel.id);
  line += ",\"status\":" + std::to_string(refused.answer.status) + ",\"reason\":";
  append_json(line, printable_name(refused.answer.reason));
  return line + ",\"alert\":" + refused.parcel.body + "}\n";
}

}  // namespace

WebDelivery::Opened WebDelivery::open(const WebHookChoice& choice, const std::string& format, int stop,
                                      std::function<void()> while_waiting) {
  auto parsed = parse_web_address(choice.address);
  if (const auto* fault = std::get_if<std::string>(&parsed)) return "--webhook " + *fault;
  auto headers = headers_of(choice);
  if (auto* fault = std::get_if<std::string>(&headers)) return std::move(*fault);
  std::unique_ptr<WebDelivery> delivery(
      new WebDelivery(Milliseconds(choice.patience.microseconds / 1'000), stop, std::move(while_waiting)));
  if (!choice.dead_letter.empty()) {
    auto opened = AppendedFile::open(choice.dead_letter, nullptr);
    delivery->dead_letter_ = escape_controls(choice.dead_letter);
    if (const auto* reason = std::get_if<std::string>(&opened)) {
      return "cannot write to " + delivery->dead_letter_ + ": " + *reason;
    }
    delivery->letters_ = std::get<std::unique_ptr<AppendedFile>>(std::move(opened));
  }
  const auto& address = std::get<WebAddress>(parsed);
  delivery->shown_name_ = "web hook " + address.shown();
  HttpOptions http;
  http.headers = std::get<std::vector<WebHeader>>(std::move(headers));
  WebHookOptions options = usual_web_hook_options(line_format(choice.format.empty() ? format : choice.format).write);
  options.stopping = [stop] { return is_readable(stop); };
  options.while_waiting = delivery->while_waiting_;
  options.refused = [self = delivery.get()](const RefusedParcel& refused) { return self->keep(refused); };
  delivery->hook_ = std::make_unique<WebHook>(delivery->shown_name_, reach_by_http(address, std::move(http)), options);
  return delivery;
}

void WebDelivery::end(bool wait) {
  const auto last = std::chrono::steady_clock::now() + (wait ? patience_ : Milliseconds(0));
  while (left() > 0 && std::chrono::steady_clock::now() < last && !is_readable(stop_)) {
    hook_->settle(attention);
    while_waiting_();
  }
  hook_->settle(last_moment);
  hook_->stop();
}

bool WebDelivery::keep(const RefusedParcel& refused) {
  if (letters_ != nullptr) {
    const Delivery kept = letters_->deliver({{.number = 0, .id = {}, .body = letter_line(refused), .at = 0}});
    (void)letters_->arrived();
    if (kept.outcome != Delivery::Outcome::taken) {
      const std::lock_guard lock(mutex_);
      remarks_.push_back("cannot write to " + dead_letter_ + ": " + kept.reason);
      return false;
    }
  }
  remark_on(refused);
  return true;
}

void WebDelivery::remark_on(const RefusedParcel& refused) {
  const std::lock_guard lock(mutex_);
  if (++refused_ > refusals_shown) return;
  remarks_.push_back(shown_name_ + " refuses alert " + refused.parcel.id + ": " +
                     std::to_string(refused.answer.status) + " " + escape_controls(refused.answer.reason));
  if (refused_ == refusals_shown) {
    remarks_.push_back(letters_ == nullptr ? "more refusals are not shown; --webhook-dead-letter FILE keeps them all"
                                           : "more refusals are not shown; " + dead_letter_ + " has them all");
  }
}

std::vector<std::string> WebDelivery::remarks() {
  std::vector<std::string> all;
  if (const auto trouble = hook_->trouble()) {
    all.push_back(shown_name_ + ": " + escape_controls(*trouble) + "; trying again");
  }
  const std::lock_guard lock(mutex_);
  for (std::string& remark : remarks_) all.push_back(std::move(remark));
  remarks_.clear();
  return all;
}

}  // namespace picket
