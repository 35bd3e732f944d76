#include "engine/digest/checksum.hpp"

#include "tests/catch.hpp"

namespace picket {

TEST_CASE("a checksum is that of XXH3, part by part") {
  CHECK((Checksum() << "").value() == 0x2d06800538d394c2);  // by the test vectors of xxHash
  const std::uint64_t of_two = (Checksum() << "a"
                                           << "b")
                                   .value();
  CHECK(of_two != (Checksum() << "ab").value());
  const std::uint64_t of_nothing_more = (Checksum() << "a"
                                                    << "")
                                            .value();
  CHECK(of_nothing_more != (Checksum() << "a").value());
}

}  // namespace picket
