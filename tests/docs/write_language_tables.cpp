// Rewrites the generated tables of the document named on the command line. Run by the target picket_language_tables.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "tests/docs/language_tables.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: picket_write_language_tables DOCUMENT\n";
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  if (!in) {
    std::cerr << argv[1] << ": cannot be read\n";
    return 2;
  }
  const std::string before{std::istreambuf_iterator<char>(in), {}};
  in.close();
  const std::string after = picket::tests::with_language_tables(before);
  if (after == before) return 0;
  std::ofstream(argv[1], std::ios::binary) << after;
  std::cout << argv[1] << ": tables written anew\n";
  return 0;
}
