// Tensor data from and to files, by position: no map that a truncated file could turn into a crash.

#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "convert.h"
#include "describe.h"
#include "exports.h"
#include "guard.h"

namespace athanor {

namespace {

using Transfer = ssize_t (*)(int, void*, size_t, off_t);

// Moves all bytes or throws: a short transfer goes on, an interrupted one is tried again.
void transferAll(Transfer transfer, int fd, char* data, size_t length, off_t position) {
  size_t done = 0;
  while (done < length) {
    const ssize_t moved = transfer(fd, data + done, length - done, position + done);
    if (moved < 0 && errno == EINTR) continue;
    if (moved < 0) throw std::system_error(errno, std::generic_category(), "file transfer");
    if (moved == 0) throw BadArgument("the file must hold the whole tensor, got its end instead");
    done += moved;
  }
}

struct FileSpan {
  int fd;
  off_t position;
};

FileSpan readSpan(const Napi::CallbackInfo& info) {
  const int64_t fd = readInt(info.Env(), info[1], "the file descriptor");
  const int64_t position = readInt(info.Env(), info[2], "the position");
  if (fd < 0 || fd > INT32_MAX || position < 0) {
    throw BadArgument("the file descriptor and the position must not be negative");
  }
  return {static_cast<int>(fd), position};
}

}  // namespace

Napi::Value readFromFile(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = readTensor(info[0]);
  const FileSpan span = readSpan(info);
  if (!tensor.is_cpu() || !tensor.is_contiguous()) {
    throw BadArgument("a file must be read into a contiguous CPU tensor, got " +
                      describeTensor(tensor));
  }
  transferAll(pread, span.fd, static_cast<char*>(tensor.data_ptr()), tensor.nbytes(),
              span.position);
  acceptElements(tensor);
  tensor.unsafeGetTensorImpl()->bump_version();
  return info.Env().Undefined();
}

Napi::Value writeToFile(const Napi::CallbackInfo& info) {
  const at::Tensor tensor = hostCopy(readTensor(info[0]));
  const FileSpan span = readSpan(info);
  const Transfer write = [](int fd, void* data, size_t length, off_t position) {
    return pwrite(fd, data, length, position);
  };
  transferAll(write, span.fd, static_cast<char*>(tensor.data_ptr()), tensor.nbytes(),
              span.position);
  return info.Env().Undefined();
}

}  // namespace athanor
