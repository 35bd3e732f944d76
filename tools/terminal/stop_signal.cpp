#include "tools/terminal/stop_signal.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace picket {

StopSignal::StopSignal() {
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGINT);
  sigaddset(&stopping, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stopping, &before_);
  descriptor_ = ::signalfd(-1, &stopping, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopSignal::~StopSignal() {
  // A signal that was answered by stopping must not end the process after all.
  signalfd_siginfo seen{};
  while (::read(descriptor_, &seen, sizeof seen) == static_cast<ssize_t>(sizeof seen)) {
  }
  ::close(descriptor_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace picket
