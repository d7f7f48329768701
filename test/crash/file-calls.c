/*
 * Preloaded into a process under test: counts the file calls it makes below one directory, and makes chosen ones fail,
 * fall short, or kill the process; and writes down what was done, for the crash states that could follow.
 *
 *   FILE_CALLS_DIR    the directory
 *   FILE_CALLS_FAULT  CALL:ACTION:AT:COUNT, CALL one of write sync rename open mkdir unlink, ACTION an errno, or
 *                     short (half of the bytes), full (half of the bytes, then ENOSPC), kill, half (half, then kill);
 *                     AT counts from 1; COUNT 0 is for ever
 *   FILE_CALLS_WHILE  a file: faults arise only while it exists
 *   FILE_CALLS_FIRED  a file that gets a line for each fault that arose
 *   FILE_CALLS_RECORD a file that gets a line for each call that succeeded
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FDS 4096
enum { NONE = 0, FAIL, SHORT, FULL, KILL, HALF };

static char *paths[MAX_FDS];
static struct stat opened[MAX_FDS];
static const char *directory, *fault_call, *while_file, *fired_file;
static int record_fd = -1, action, fault_errno, fault_at, fault_count, calls, filled;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *variable(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

static void read_fault(char *spec) {
  fault_call = strtok(spec, ":");
  const char *what = strtok(NULL, ":");
  fault_at = atoi(strtok(NULL, ":"));
  fault_count = atoi(strtok(NULL, ":"));
  action = !strcmp(what, "short") ? SHORT : !strcmp(what, "full") ? FULL : !strcmp(what, "kill") ? KILL
         : !strcmp(what, "half") ? HALF : FAIL;
  fault_errno = action == FULL ? ENOSPC : atoi(what);
}

__attribute__((constructor)) static void begin(void) {
  directory = variable("FILE_CALLS_DIR");
  while_file = variable("FILE_CALLS_WHILE");
  fired_file = variable("FILE_CALLS_FIRED");
  if (variable("FILE_CALLS_FAULT")) read_fault(strdup(variable("FILE_CALLS_FAULT")));
  if (variable("FILE_CALLS_RECORD"))
    record_fd = syscall(SYS_openat, AT_FDCWD, variable("FILE_CALLS_RECORD"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int below(const char *path) {
  return directory && path && !strncmp(path, directory, strlen(directory));
}

/* The path by which a descriptor was opened. It may have been closed unseen and given to another file since. */
static const char *path_of(int fd) {
  struct stat now;
  if (fd < 0 || fd >= MAX_FDS || !paths[fd] || fstat(fd, &now)) return NULL;
  return now.st_ino == opened[fd].st_ino && now.st_dev == opened[fd].st_dev ? paths[fd] : NULL;
}

static void say_fired(const char *call, const char *path) {
  if (!fired_file) return;
  char line[4400];
  int length = snprintf(line, sizeof line, "%s %s\n", call, path);
  int fd = syscall(SYS_openat, AT_FDCWD, fired_file, O_WRONLY | O_CREAT | O_APPEND, 0644);
  syscall(SYS_write, fd, line, length);
  syscall(SYS_close, fd);
}

/* The fault that this call is to meet. Under the lock. */
static int fault_of(const char *call, const char *path) {
  if (!action || strcmp(call, fault_call)) return NONE;
  if (while_file && syscall(SYS_access, while_file, F_OK)) return NONE;
  calls += 1;
  if (calls < fault_at || (fault_count && calls >= fault_at + fault_count)) return NONE;
  say_fired(call, path);
  if (action == KILL) kill(getpid(), SIGKILL);
  if (action != FULL) return action;
  filled += 1;
  return filled == 1 ? SHORT : FAIL;
}

static void record(const char *format, ...) {
  if (record_fd < 0) return;
  char line[9000];
  va_list list;
  va_start(list, format);
  int length = vsnprintf(line, sizeof line, format, list);
  va_end(list);
  syscall(SYS_write, record_fd, line, length);
}

static void record_write(int fd, const char *bytes, ssize_t count) {
  if (record_fd < 0 || count <= 0) return;
  char *line = malloc(2 * count + 40);
  int length = sprintf(line, "write\t%d\t", fd);
  for (ssize_t i = 0; i < count; i++) length += sprintf(line + length, "%02x", (unsigned char)bytes[i]);
  line[length++] = '\n';
  syscall(SYS_write, record_fd, line, length);
  free(line);
}

#define NEXT(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))
#define GUARDED(call, path, perform, log)            \
  pthread_mutex_lock(&lock);                         \
  int result = -1, fault = fault_of(call, path);     \
  if (fault) errno = fault_errno;                    \
  else if ((result = (perform)) >= 0) { log; }       \
  int kept = errno;                                  \
  pthread_mutex_unlock(&lock);                       \
  errno = kept;                                      \
  return result;

static void remember(int fd, int flags, const char *path) {
  if (fd < MAX_FDS) free(paths[fd]), paths[fd] = strdup(path), fstat(fd, &opened[fd]);
  record("open\t%d\t%d\t%s\n", fd, flags & (O_CREAT | O_TRUNC), path);
}

static int open_below(const char *path, int flags, mode_t mode) {
  GUARDED("open", path, syscall(SYS_openat, AT_FDCWD, path, flags, mode), remember(result, flags, path))
}

#define OPEN(name)                                                                     \
  int name(const char *path, int flags, ...) {                                         \
    va_list list;                                                                      \
    va_start(list, flags);                                                             \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;            \
    va_end(list);                                                                      \
    if (below(path)) return open_below(path, flags, mode);                             \
    return NEXT(int, #name, const char *, int, ...)(path, flags, mode);                \
  }
OPEN(open)
OPEN(open64)

static ssize_t write_below(int fd, const char *bytes, size_t count, off_t offset) {
  pthread_mutex_lock(&lock);
  int fault = fault_of("write", path_of(fd));
  ssize_t result = -1;
  if (fault == SHORT || fault == HALF) count = (count + 1) / 2;
  if (fault == FAIL) errno = fault_errno;
  else result = offset < 0 ? syscall(SYS_write, fd, bytes, count) : syscall(SYS_pwrite64, fd, bytes, count, offset);
  int kept = errno;
  if (fault == HALF) kill(getpid(), SIGKILL);
  record_write(fd, bytes, result);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return result;
}

static ssize_t gather(int fd, const struct iovec *parts, int count, off_t offset) {
  size_t total = 0, at = 0;
  for (int i = 0; i < count; i++) total += parts[i].iov_len;
  char *bytes = malloc(total + 1);
  for (int i = 0; i < count; at += parts[i].iov_len, i++) memcpy(bytes + at, parts[i].iov_base, parts[i].iov_len);
  ssize_t result = write_below(fd, bytes, total, offset);
  int kept = errno;
  free(bytes);
  errno = kept;
  return result;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  return path_of(fd) ? write_below(fd, bytes, count, -1) : syscall(SYS_write, fd, bytes, count);
}
#define PWRITE(name)                                                                                     \
  ssize_t name(int fd, const void *bytes, size_t count, off_t offset) {                                  \
    return path_of(fd) ? write_below(fd, bytes, count, offset) : syscall(SYS_pwrite64, fd, bytes, count, offset); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return path_of(fd) ? gather(fd, parts, count, -1) : syscall(SYS_writev, fd, parts, count);
}
#define PWRITEV(name)                                                                                    \
  ssize_t name(int fd, const struct iovec *parts, int count, off_t offset) {                             \
    if (path_of(fd)) return gather(fd, parts, count, offset);                                            \
    return NEXT(ssize_t, #name, int, const struct iovec *, int, off_t)(fd, parts, count, offset);        \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

#define SYNC(name, number)                                                              \
  int name(int fd) {                                                                    \
    if (!path_of(fd)) return syscall(number, fd);                                       \
    GUARDED("sync", path_of(fd), syscall(number, fd), record("sync\t%d\n", fd))         \
  }
SYNC(fsync, SYS_fsync)
SYNC(fdatasync, SYS_fdatasync)

int rename(const char *from, const char *to) {
  if (!below(to)) return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  GUARDED("rename", to, syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0), record("rename\t%s\t%s\n", from, to))
}
int unlink(const char *path) {
  if (!below(path)) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  GUARDED("unlink", path, syscall(SYS_unlinkat, AT_FDCWD, path, 0), record("unlink\t%s\n", path))
}
int mkdir(const char *path, mode_t mode) {
  if (!below(path)) return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  GUARDED("mkdir", path, syscall(SYS_mkdirat, AT_FDCWD, path, mode), record("mkdir\t%s\n", path))
}
