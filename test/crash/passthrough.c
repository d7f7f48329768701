/*
 * passthrough SOURCE MOUNTPOINT: a file system that hands every call on to SOURCE. Stopped by SIGSTOP it is a disk that
 * hangs: whoever calls it waits until SIGCONT.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *source;

static const char *real(const char *path) {
  static __thread char buffer[2][4096];
  static __thread int which;
  which ^= 1;
  snprintf(buffer[which], sizeof buffer[which], "%s%s", source, path);
  return buffer[which];
}

#define RESULT(call) ((call) < 0 ? -errno : 0)

static void *start(struct fuse_conn_info *connection, struct fuse_config *config) {
  (void)connection;
  config->use_ino = 1;
  config->attr_timeout = config->entry_timeout = config->negative_timeout = 0;
  return NULL;
}
static int get_attributes(const char *path, struct stat *result, struct fuse_file_info *file) {
  return file ? RESULT(fstat(file->fh, result)) : RESULT(lstat(real(path), result));
}
static int read_directory(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *file,
                          enum fuse_readdir_flags flags) {
  (void)offset, (void)file, (void)flags;
  DIR *directory = opendir(real(path));
  if (!directory) return -errno;
  for (struct dirent *entry; (entry = readdir(directory));) fill(buffer, entry->d_name, NULL, 0, 0);
  closedir(directory);
  return 0;
}
static int open_file(const char *path, struct fuse_file_info *file) {
  int fd = open(real(path), file->flags & ~O_NOFOLLOW);
  file->fh = fd;
  return fd < 0 ? -errno : 0;
}
static int create_file(const char *path, mode_t mode, struct fuse_file_info *file) {
  int fd = open(real(path), file->flags, mode);
  file->fh = fd;
  return fd < 0 ? -errno : 0;
}
static int read_file(const char *path, char *bytes, size_t size, off_t offset, struct fuse_file_info *file) {
  (void)path;
  ssize_t count = pread(file->fh, bytes, size, offset);
  return count < 0 ? -errno : (int)count;
}
static int write_file(const char *path, const char *bytes, size_t size, off_t offset, struct fuse_file_info *file) {
  (void)path;
  ssize_t count = pwrite(file->fh, bytes, size, offset);
  return count < 0 ? -errno : (int)count;
}
static int sync_file(const char *path, int data, struct fuse_file_info *file) {
  (void)path;
  return RESULT(data ? fdatasync(file->fh) : fsync(file->fh));
}
static int sync_directory(const char *path, int data, struct fuse_file_info *file) {
  (void)path, (void)data, (void)file;
  return 0;
}
static int close_file(const char *path, struct fuse_file_info *file) { return (void)path, RESULT(close(file->fh)); }
static int make_directory(const char *path, mode_t mode) { return RESULT(mkdir(real(path), mode)); }
static int remove_file(const char *path) { return RESULT(unlink(real(path))); }
static int remove_directory(const char *path) { return RESULT(rmdir(real(path))); }
static int link_file(const char *from, const char *to) { return RESULT(link(real(from), real(to))); }
static int rename_file(const char *from, const char *to, unsigned flags) {
  return RESULT(renameat2(AT_FDCWD, real(from), AT_FDCWD, real(to), flags));
}
static int set_times(const char *path, const struct timespec times[2], struct fuse_file_info *file) {
  (void)file;
  return RESULT(utimensat(AT_FDCWD, real(path), times, AT_SYMLINK_NOFOLLOW));
}
static int set_size(const char *path, off_t size, struct fuse_file_info *file) {
  (void)file;
  return RESULT(truncate(real(path), size));
}

static const struct fuse_operations operations = {
    .init = start, .getattr = get_attributes, .readdir = read_directory, .open = open_file, .create = create_file,
    .read = read_file, .write = write_file, .fsync = sync_file, .fsyncdir = sync_directory, .release = close_file,
    .mkdir = make_directory, .unlink = remove_file, .rmdir = remove_directory, .link = link_file, .rename = rename_file,
    .utimens = set_times, .truncate = set_size,
};

int main(int count, char *arguments[]) {
  if (count != 3) return 2;
  source = realpath(arguments[1], NULL);
  char *own[] = {arguments[0], "-f", arguments[2]};
  return fuse_main(3, own, &operations, NULL);
}
