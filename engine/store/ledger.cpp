#include "engine/store/ledger.hpp"

#include <algorithm>
#include <ctime>
#include <utility>

namespace picket {

std::chrono::nanoseconds thread_work() {
  timespec used{};
  (void)::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

Ledger::Ledger(StateStore& store, LedgerOptions options)
    : store_(store),
      options_(std::move(options)),
      last_number_(store.last_number()),
      last_checkpoint_(options_.clock()),
      interval_(options_.interval) {
  for (InputPosition& position : store.positions()) {
    std::string input = position.input;
    positions_.insert_or_assign(std::move(input), std::move(position));
  }
}

Delivery Ledger::recover() {
  std::map<std::string, std::vector<Parcel>, std::less<>> left;
  for (OutboxRow& row : store_.outbox()) left[row.destination].push_back(std::move(row.parcel));
  std::vector<Destination*> all = destinations_;
  if (letters_ != nullptr) all.push_back(letters_);
  for (Destination* destination : all) {
    Delivery delivery = destination->recover(std::move(left[destination->name()]));
    if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  }
  return note_arrived();
}

std::size_t Ledger::restore(Detector& detector) {
  let_go_ = detector.restore(store_.states());
  for (SavedState& meaningless : let_go_) meaningless.body.clear();
  return let_go_.size();
}

std::optional<InputPosition> Ledger::position_of(const std::string& input) const {
  const auto found = positions_.find(input);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

void Ledger::post(Destination& destination, std::string id, std::string body) {
  if (body.empty()) return;
  posted_.push_back({.destination = &destination,
                     .parcel = {.number = ++last_number_, .id = std::move(id), .body = std::move(body), .at = 0}});
}

Delivery Ledger::deliver(const Alert& alert) {
  for (Destination* destination : destinations_) {
    post(*destination, alert.id + "/" + std::to_string(alert.revision), destination->render(alert));
  }
  if (viewer_ != nullptr) viewed_.push_back(alert);
  return {};
}

Delivery Ledger::deliver_letter(std::string text) {
  if (letters_ != nullptr) post(*letters_, {}, std::move(text));
  return {};
}

void Ledger::passed(InputPosition position) {
  judged_ = true;
  std::string input = position.input;
  passed_.insert_or_assign(std::move(input), std::move(position));
}

void Ledger::keep_note(std::string name, std::string body) {
  const std::lock_guard lock(notes_mutex_);
  notes_.insert_or_assign(std::move(name), std::move(body));
}

Delivery Ledger::checkpoint(Detector& detector, bool waiting) {
  const Steady::time_point now = options_.clock();
  const Steady::duration passed = now - last_checkpoint_;
  const bool pressing = waiting || posted_.size() >= options_.parcels || passed >= options_.longest;
  Delivery delivery;
  if (written_.valid() && (pressing || is_written())) delivery = complete();
  const bool due = pressing || passed >= interval_;
  if (!due || written_.valid() || delivery.outcome != Delivery::Outcome::taken) return delivery;
  if (!begin(detector, now) || !waiting) return delivery;
  return complete();
}

bool Ledger::is_written() const { return written_.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

// Has what there is written down; false if there is nothing. REQUIRES: nothing is being written.
bool Ledger::begin(Detector& detector, Steady::time_point now) {
  collect_arrived(arrived_);
  if (!judged_ && posted_.empty() && viewed_.empty() && arrived_.empty()) return false;
  judged_ = false;
  last_checkpoint_ = now;
  changes_.states = detector.changes();
  changes_.states.insert(changes_.states.end(), let_go_.begin(), let_go_.end());
  let_go_.clear();
  for (auto& [input, position] : passed_) {
    changes_.positions.push_back(position);
    positions_.insert_or_assign(input, std::move(position));
  }
  passed_.clear();
  // Only now is it known where a parcel will stand: all before it have been delivered.
  for (Posted& posted : posted_) {
    posted.parcel.at = posted.destination->reserve(posted.parcel.body.size());
    changes_.posted.push_back({.destination = posted.destination->name(), .parcel = std::move(posted.parcel)});
  }
  posted_.clear();
  to_view_ = std::exchange(viewed_, {});
  collect_notes(changes_);
  written_ = writer_.begin([this, now] {
    const std::chrono::nanoseconds before = options_.work();
    store_.write(changes_);
    const std::chrono::nanoseconds work = options_.work() - before;
    return std::max(9 * work, std::chrono::nanoseconds(options_.clock() - now));
  });
  return true;
}

// Waits until what is being written stands, and delivers it.
Delivery Ledger::complete() {
  interval_ = std::clamp<Steady::duration>(written_.get(), options_.interval, options_.longest);
  Delivery delivery = state_of_store();
  if (delivery.outcome == Delivery::Outcome::taken) delivery = hand_out();
  changes_ = {};
  return delivery;
}

std::map<std::string, std::size_t> Ledger::under_way() const {
  std::map<std::string, std::size_t> parcels;
  for (const Destination* destination : destinations_) parcels[destination->name()] = destination->under_way();
  return parcels;
}

// What is still being written is the next run's to deliver.
Delivery Ledger::close() {
  if (written_.valid()) written_.wait();
  Delivery delivery = note_arrived();
  written_ = writer_.begin([this] {
    store_.empty_log();
    return Steady::duration();
  });
  return delivery;
}

Delivery Ledger::note_arrived() {
  collect_arrived(arrived_);
  StoreChanges changes;
  collect_notes(changes);
  store_.write(changes);
  return state_of_store();
}

// What has arrived, and what is to be noted besides.
void Ledger::collect_notes(StoreChanges& changes) {
  changes.delivered = std::exchange(arrived_, {});
  const std::lock_guard lock(notes_mutex_);
  changes.notes = std::exchange(notes_, {});
}

Delivery Ledger::state_of_store() const {
  if (!store_.fault()) return {};
  return {.outcome = Delivery::Outcome::failed, .reason = "the state file " + store_.path() + " " + *store_.fault()};
}

// To each destination what was posted for it, and then to whoever looks on. One that has no room when the program is to
// end keeps nothing from the others: what they were to get is written down as delivered once they had it.
Delivery Ledger::hand_out() {
  std::map<std::string, std::vector<Parcel>, std::less<>> parcels;
  for (OutboxRow& row : changes_.posted) parcels[row.destination].push_back(std::move(row.parcel));
  std::vector<Destination*> all = destinations_;
  if (letters_ != nullptr) all.push_back(letters_);
  Delivery all_taken;
  for (Destination* destination : all) {
    const auto found = parcels.find(destination->name());
    if (found == parcels.end()) continue;
    Delivery delivery = destination->deliver(std::move(found->second));
    if (delivery.outcome == Delivery::Outcome::stopped)
      all_taken = std::move(delivery);
    else if (delivery.outcome != Delivery::Outcome::taken)
      return delivery;
  }
  const std::vector<Alert> viewed = std::exchange(to_view_, {});
  if (viewer_ == nullptr || viewed.empty()) return all_taken;
  for (const Alert& alert : viewed) {
    Delivery delivery = viewer_->deliver(alert);
    if (delivery.outcome != Delivery::Outcome::taken) return delivery;
  }
  Delivery shown = viewer_->flush();
  return shown.outcome == Delivery::Outcome::taken ? all_taken : shown;
}

void Ledger::collect_arrived(std::vector<std::uint64_t>& numbers) {
  const auto collect = [&numbers](Destination& destination) {
    const std::vector<std::uint64_t> arrived = destination.arrived();
    numbers.insert(numbers.end(), arrived.begin(), arrived.end());
  };
  for (Destination* destination : destinations_) collect(*destination);
  if (letters_ != nullptr) collect(*letters_);
}

}  // namespace picket
