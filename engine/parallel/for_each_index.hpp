// Work on the elements of a vector by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace picket {

// Calls work(i) once for every i below `count`, in no certain order, on `threads` threads (0: as many as the machine
// has), the calling one among them; fewer if some would get less than `least` indices, below which a thread costs more
// than it saves. Returns when all is done. The work of one index must touch nothing that another's does, and must not
// throw.
template <typename Work>
void for_each_index(std::size_t count, std::size_t threads, std::size_t least, const Work& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = std::min(threads, count / least + 1);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(run);
  run();
}

}  // namespace picket
