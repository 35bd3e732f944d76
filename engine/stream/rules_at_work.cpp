#include "engine/stream/rules_at_work.hpp"

#include <algorithm>
#include <utility>

namespace picket {

Executor& RulesAtWork::Seat::run_on_executor() {
  if (run_on_executor_ == nullptr) {
    run_on_executor_ = std::make_unique<Executor>(rules_->version()->rules(), rules_->options());
  }
  return *run_on_executor_;
}

void RulesAtWork::Seat::take(const RulesAtWork& rules) {
  if (executor_ != nullptr) return;
  rules_ = &rules;
  executor_ = std::make_unique<Executor>(rules.version()->rules(), rules.options());
  times_ = rules.version()->event_times();
  taken_ = true;
}

RulesAtWork::RulesAtWork(std::shared_ptr<const RulesVersion> version, ExecutorOptions options, std::size_t threads)
    : version_(std::move(version)), options_(std::move(options)), seats_(threads) {}

RulesAtWork::Seat& RulesAtWork::seat(std::size_t thread) {
  Seat& seat = seats_[thread];
  seat.take(*this);
  return seat;
}

void RulesAtWork::prepare_as(const RulesAtWork& other) {
  for (std::size_t i = 0; i < std::min(seats_.size(), other.seats_.size()); ++i) {
    if (other.seats_[i].taken_) seats_[i].take(*this);
  }
}

}  // namespace picket
