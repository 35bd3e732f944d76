#include "tools/terminal/stop_signal.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace picket {

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

bool AwaitedSignals::take() const {
  bool any = false;
  signalfd_siginfo seen{};
  while (::read(descriptor_, &seen, sizeof seen) == static_cast<ssize_t>(sizeof seen)) any = true;
  return any;
}

}  // namespace picket
