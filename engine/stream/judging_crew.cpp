#include "engine/stream/judging_crew.hpp"

#include <system_error>
#include <utility>

namespace picket {
namespace {

constexpr std::size_t works_for_each = 3;
constexpr std::size_t most_memory = std::size_t{32} * 1024 * 1024;

}  // namespace

JudgingCrew::JudgingCrew(std::size_t threads, Deliver deliver) : threads_(threads), deliver_(std::move(deliver)) {}

JudgingCrew::~JudgingCrew() {
  stop();
  for (std::thread& other : others_) other.join();
}

bool JudgingCrew::push(BatchInHand& given) {
  if (stopped_) return false;
  std::unique_ptr<Work> work = spare_.empty() ? std::make_unique<Work>() : std::move(spare_.back());
  if (!spare_.empty()) spare_.pop_back();
  std::swap(work->in_hand, given);
  work->memory_bytes = work->in_hand.batch.memory_bytes();
  Lock lock(mutex_);
  if (claimed_ < works_.size() && others_.size() + 1 < threads_) start_thread();
  memory_bytes_ += work->memory_bytes;
  works_.push_back(std::move(work));
  pushed_.notify_one();
  return pump(lock, threads_ == 1 ? 0 : threads_ * works_for_each, most_memory);
}

bool JudgingCrew::drain() {
  if (stopped_) return false;
  Lock lock(mutex_);
  return pump(lock, 0, 0);
}

// Delivers until no more than so much is in hand, and as long as there is something to deliver.
bool JudgingCrew::pump(Lock& lock, std::size_t most_works, std::size_t most_bytes) {
  while (!works_.empty() && !stopped_) {
    if (deliver_oldest(lock)) continue;
    if (works_.size() <= most_works && memory_bytes_ <= most_bytes) break;
    if (claimed_ < works_.size()) {
      judge_here(lock);
    } else {
      progressed_.wait(lock);
    }
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  return !stopped_;
}

// Delivers what there is of the oldest work. False if there is nothing.
bool JudgingCrew::deliver_oldest(Lock& lock) {
  Work& oldest = *works_.front();
  if (oldest.outcomes.empty() && !oldest.finished) return false;
  const bool finished = oldest.finished;
  std::vector<Outcome> outcomes;
  std::swap(outcomes, oldest.outcomes);
  lock.unlock();
  if (!finished) delivered_.notify_all();
  const bool wanted = deliver_(outcomes, oldest.in_hand, finished ? &oldest.counts : nullptr);
  if (finished) failure_ = oldest.failure;
  if (!wanted || failure_) stop();
  lock.lock();
  if (finished) retire_oldest();
  return true;
}

void JudgingCrew::retire_oldest() {
  std::unique_ptr<Work> work = std::move(works_.front());
  works_.pop_front();
  --claimed_;
  memory_bytes_ -= work->memory_bytes;
  work->in_hand.batch.clear();
  work->in_hand.rules.reset();  // old ones must not live as long as spare work does
  work->counts.clear();
  work->finished = false;
  work->failure = nullptr;
  spare_.push_back(std::move(work));
}

// Judges the oldest work that nobody has claimed.
void JudgingCrew::judge_here(Lock& lock) {
  Work& own = *works_[claimed_++];
  lock.unlock();
  judge(own, own_judge_, [&](std::vector<Outcome>& outcomes) { return deliver_own(own, outcomes); });
  lock.lock();
}

// Work before the caller's own was claimed before, so it goes on without the caller.
bool JudgingCrew::deliver_own(Work& own, std::vector<Outcome>& outcomes) {
  Lock lock(mutex_);
  while (works_.front().get() != &own && !stopped_) {
    if (!deliver_oldest(lock)) progressed_.wait(lock);
  }
  lock.unlock();
  if (!stopped_ && !deliver_(outcomes, own.in_hand, nullptr)) stop();
  outcomes.clear();
  return !stopped_;
}

// Threads are started when work waits for them, so that little work starts none.
void JudgingCrew::start_thread() {
  try {
    others_.emplace_back([this, thread = others_.size() + 1] { work(thread); });
  } catch (const std::system_error&) {
    threads_ = others_.size() + 1;
  }
}

void JudgingCrew::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  pushed_.notify_all();
  progressed_.notify_all();
  delivered_.notify_all();
}

void JudgingCrew::work(std::size_t thread) {
  BatchJudge own_judge(thread, stopped_);
  while (Work* claimed = claim()) {
    judge(*claimed, own_judge, [&](std::vector<Outcome>& outcomes) { return hand_over(*claimed, outcomes); });
  }
}

JudgingCrew::Work* JudgingCrew::claim() {
  Lock lock(mutex_);
  pushed_.wait(lock, [this] { return stopped_ || claimed_ < works_.size(); });
  return stopped_ ? nullptr : works_[claimed_++].get();
}

// Leaves a part of a work's outcomes to be delivered, once the part before is.
bool JudgingCrew::hand_over(Work& work, std::vector<Outcome>& outcomes) {
  Lock lock(mutex_);
  delivered_.wait(lock, [&] { return stopped_ || work.outcomes.empty(); });
  if (stopped_) return false;
  std::swap(work.outcomes, outcomes);
  progressed_.notify_one();
  return true;
}

void JudgingCrew::judge(Work& work, BatchJudge& judge, const BatchJudge::TakeOutcomes& take) {
  std::vector<Outcome> outcomes;
  std::exception_ptr failure;
  try {
    judge.judge(work.in_hand, outcomes, work.counts, take);
  } catch (...) {
    failure = std::current_exception();
  }
  Lock lock(mutex_);
  delivered_.wait(lock, [&] { return stopped_ || work.outcomes.empty(); });
  if (!stopped_) std::swap(work.outcomes, outcomes);
  work.failure = failure;
  work.finished = true;
  progressed_.notify_one();
}

}  // namespace picket
