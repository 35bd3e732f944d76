#include "tools/run/web_delivery.hpp"

#include <poll.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

#include "engine/alert/alert_format.hpp"
#include "engine/event/json_line.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/outputs.hpp"
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
  delivery->most_waiting_ = options.queue;
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
    const std::string line = letter_line(refused);
    const std::uint64_t at = letters_->reserve(line.size());
    const Delivery kept = letters_->deliver({{.number = 0, .id = {}, .body = line, .at = at}});
    (void)letters_->arrived();
    if (kept.outcome != Delivery::Outcome::taken) {
      const std::lock_guard lock(mutex_);
      remarks_.push_back({LogLevel::warning, escape_controls(kept.reason) + "; trying again"});
      return false;
    }
  }
  remark_on(refused);
  return true;
}

void WebDelivery::remark_on(const RefusedParcel& refused) {
  const std::lock_guard lock(mutex_);
  // What nothing keeps is lost there.
  const LogLevel level = letters_ == nullptr ? LogLevel::error : LogLevel::warning;
  if (++refused_ > refusals_shown + 1) return;
  if (refused_ > refusals_shown) {
    remarks_.push_back({level, shown_name_ + " refuses more; not all are told: " + cure()});
    return;
  }
  std::string text = shown_name_ + " refuses alert " + refused.parcel.id + ": " + std::to_string(refused.answer.status);
  if (!refused.answer.reason.empty()) text += " " + escape_controls(refused.answer.reason);
  remarks_.push_back({level, std::move(text)});
}

std::string WebDelivery::cure() const {
  return letters_ == nullptr ? "--webhook-dead-letter FILE keeps those that come" : dead_letter_ + " has them all";
}

std::size_t WebDelivery::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

std::optional<Remark> WebDelivery::fate_of_refused() const {
  const std::size_t count = refused();
  if (count == 0) return std::nullopt;
  const std::string text = count_text(count, "alert") + " refused by the " + shown_name_;
  if (letters_ != nullptr) return Remark{LogLevel::warning, text + ": kept in " + dead_letter_};
  return Remark{LogLevel::error, text + ", and not sent again: " + cure()};
}

void WebDelivery::look_again(std::vector<Remark>& remarks) {
  if (letters_ != nullptr) remark_on_look(letters_->path(), letters_->look_again(), remarks);
}

std::vector<Remark> WebDelivery::remarks() {
  std::vector<Remark> all;
  if (const auto trouble = hook_->trouble()) {
    all.push_back({LogLevel::warning, shown_name_ + ": " + escape_controls(*trouble) + "; trying again"});
  }
  const std::lock_guard lock(mutex_);
  for (Remark& remark : remarks_) all.push_back(std::move(remark));
  remarks_.clear();
  return all;
}

}  // namespace picket
