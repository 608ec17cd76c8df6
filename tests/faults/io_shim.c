/* Counts the calls by which a program changes one folder, and lets one of them go wrong: README.md.
   Loaded with LD_PRELOAD, which works for every call that libuv and Node make through the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder, *mode, *only;
static long chosen, number_of_calls;
static int error_number, log_fd = -1;
static int refuses_next; /* after a short write, so that libuv cannot complete it by itself */

#define REAL(name) ({ \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
  real; })

static const char *setting(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  return value ? value : otherwise;
}

__attribute__((constructor)) static void read_settings(void) {
  const char *log = getenv("IO_SHIM_LOG");
  mode = setting("IO_SHIM_MODE", "count");
  only = setting("IO_SHIM_CALL", "");
  chosen = atol(setting("IO_SHIM_AT", "0"));
  error_number = atoi(setting("IO_SHIM_ERRNO", "0"));
  if (log) log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  folder = getenv("IO_SHIM_FOLDER");
}

static int is_mode(const char *name) { return strcmp(mode, name) == 0; }
/* Whether this call is the one that goes wrong. Every call under the folder is counted and logged. */
static int is_chosen(const char *call, const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length) != 0) return 0;
  if (path[length] != '/' && path[length] != 0) return 0;
  if (*only && strcmp(only, call) != 0) return 0;
  long number = __atomic_add_fetch(&number_of_calls, 1, __ATOMIC_SEQ_CST);
  if (log_fd >= 0) {
    char line[PATH_MAX + 64];
    int size = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
    syscall(SYS_write, log_fd, line, (size_t)size);
  }
  return number == chosen || refuses_next || (is_mode("fail-from") && chosen && number > chosen);
}

static int is_chosen_fd(const char *call, int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = folder ? readlink(link, path, sizeof path - 1) : -1;
  if (size < 0) return 0;
  path[size] = 0;
  return is_chosen(call, path);
}

static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); pause(); }

/* What a chosen call that is no write does: never returns, or fails. */
static int go_wrong(void) {
  if (is_mode("kill")) die();
  if (!refuses_next && !is_mode("fail") && !is_mode("fail-from")) return 0;
  refuses_next = 0;
  errno = error_number;
  return 1;
}

static ssize_t write_part(int fd, const void *data, size_t size, off_t at) {
  return at < 0 ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, at);
}

/* Of a chosen write, half is written in the modes `half` and `short`. */
static ssize_t write_wrongly(int fd, const void *data, size_t size, off_t at) {
  if (go_wrong()) return -1;
  if (is_mode("half")) { write_part(fd, data, size / 2, at); die(); }
  refuses_next = is_mode("short") && size > 1;
  return write_part(fd, data, refuses_next ? size / 2 : size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
  return is_chosen_fd("write", fd) ? write_wrongly(fd, data, size, -1) : REAL(write)(fd, data, size);
}

#define PWRITE(name) ssize_t name(int fd, const void *data, size_t size, off_t at) { \
  return is_chosen_fd("write", fd) ? write_wrongly(fd, data, size, at) : REAL(name)(fd, data, size, at); }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!is_chosen_fd("write", fd)) return REAL(writev)(fd, parts, count);
  return write_wrongly(fd, parts[0].iov_base, parts[0].iov_len, -1);
}

#define PWRITEV(name) ssize_t name(int fd, const struct iovec *parts, int count, off_t at) { \
  if (!is_chosen_fd("write", fd)) return REAL(name)(fd, parts, count, at); \
  return write_wrongly(fd, parts[0].iov_base, parts[0].iov_len, at); }
PWRITEV(pwritev)
PWRITEV(pwritev64)

/* A sync that fails has lost its pages: Linux forgets them, and the next sync answers "done". */
static int sync_wrongly(int fd) {
  struct stat info;
  int failed = go_wrong();
  if (failed && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && syscall(SYS_ftruncate, fd, 0) == 0) errno = error_number;
  return failed ? -1 : 0;
}

int fsync(int fd) { return is_chosen_fd("fsync", fd) && sync_wrongly(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return is_chosen_fd("fsync", fd) && sync_wrongly(fd) ? -1 : REAL(fdatasync)(fd); }

#define TRUNCATE(name) int name(int fd, off_t size) { \
  return is_chosen_fd("ftruncate", fd) && go_wrong() ? -1 : REAL(name)(fd, size); }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define OPEN(name) int name(const char *path, int flags, ...) { \
  va_list rest; va_start(rest, flags); mode_t bits = flags & O_CREAT ? va_arg(rest, mode_t) : 0; va_end(rest); \
  return flags & O_CREAT && is_chosen("open", path) && go_wrong() ? -1 : REAL(name)(path, flags, bits); }
OPEN(open)
OPEN(open64)

#define ON_PATH(name, path, result, ...) result { \
  return is_chosen(#name, path) && go_wrong() ? -1 : REAL(name)(__VA_ARGS__); }
ON_PATH(mkdir, path, int mkdir(const char *path, mode_t bits), path, bits)
ON_PATH(rmdir, path, int rmdir(const char *path), path)
ON_PATH(unlink, path, int unlink(const char *path), path)
ON_PATH(remove, path, int remove(const char *path), path)
ON_PATH(rename, to, int rename(const char *from, const char *to), from, to)
ON_PATH(link, to, int link(const char *from, const char *to), from, to)

/* Free space as the settings say, for programs that look before they write. */
#define STATFS(name, type) int name(const char *path, struct type *info) { \
  const char *free_bytes = getenv("IO_SHIM_FREE_BYTES"); \
  int result = REAL(name)(path, info); \
  if (result == 0 && free_bytes) info->f_bavail = (fsblkcnt_t)(atoll(free_bytes) / info->f_bsize); \
  return result; }
STATFS(statfs, statfs)
STATFS(statfs64, statfs64)
