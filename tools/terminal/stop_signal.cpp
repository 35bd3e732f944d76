#include "tools/terminal/stop_signal.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace picket {
namespace {

constexpr int interrupting = SIGALRM;
constexpr int between_interruptions = 100;  // milliseconds
constexpr std::chrono::seconds grace{3};
constexpr std::chrono::seconds same_request{1};  // signals so close to the first one say the same

}  // namespace

AwaitedSignals::AwaitedSignals(std::initializer_list<int> signals) {
  sigset_t awaited;
  sigemptyset(&awaited);
  for (const int signal : signals) sigaddset(&awaited, signal);
  pthread_sigmask(SIG_BLOCK, &awaited, &before_);
  descriptor_ = ::signalfd(-1, &awaited, SFD_CLOEXEC | SFD_NONBLOCK);
}

AwaitedSignals::~AwaitedSignals() {
  // A signal that was answered must not end the process after all.
  (void)take();
  ::close(descriptor_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int AwaitedSignals::take() const {
  int latest = 0;
  signalfd_siginfo seen{};
  while (::read(descriptor_, &seen, sizeof seen) == static_cast<ssize_t>(sizeof seen)) {
    latest = static_cast<int>(seen.ssi_signo);
  }
  return latest;
}

StopSignal::StopSignal()
    : owner_(::pthread_self()),
      asked_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      end_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  struct sigaction interruption {};  // without SA_RESTART: what is interrupted returns
  interruption.sa_handler = [](int) {};
  ::sigaction(interrupting, &interruption, &before_);
  // Its thread takes no signal, also none that others await who come later.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { listen(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

StopSignal::~StopSignal() {
  (void)::eventfd_write(end_, 1);
  thread_.join();
  ::sigaction(interrupting, &before_, nullptr);
  ::close(asked_);
  ::close(end_);
}

bool StopSignal::is_overdue() const {
  const Steady::rep since = since_.load();
  return since != 0 && Steady::now().time_since_epoch().count() - since >= Steady::duration(grace).count();
}

// A call may begin to block just after it was interrupted, so once would not do.
void StopSignal::listen() {
  while (true) {
    std::array<pollfd, 2> events = {
        {{.fd = end_, .events = POLLIN, .revents = 0}, {.fd = signals_.descriptor(), .events = POLLIN, .revents = 0}}};
    (void)::poll(events.data(), events.size(), is_asked() ? between_interruptions : -1);
    if (events[0].revents != 0) return;
    if (const int signal = signals_.take(); signal != 0) heed(signal);
    if (is_asked()) ::pthread_kill(owner_, interrupting);
  }
}

void StopSignal::heed(int signal) {
  const Steady::rep now = Steady::now().time_since_epoch().count();
  if (!is_asked()) {
    since_ = now;
    (void)::eventfd_write(asked_, 1);
  } else if (now - since_ >= Steady::duration(same_request).count()) {
    sigset_t unblocked;
    sigemptyset(&unblocked);
    sigaddset(&unblocked, signal);
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nullptr);
    (void)::raise(signal);
  }
}

}  // namespace picket
