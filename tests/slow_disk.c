/* Stands before the C library: whoever waits for the disk waits HEED_SLOW_DISK microseconds longer, and nothing else of
   the process is slowed down. Loaded by LD_PRELOAD (slow_disk.py). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

typedef int (*written)(int file);

static int late(const char *name, int file) {
    int done = ((written)dlsym(RTLD_NEXT, name))(file);
    int why = errno;
    const char *told = getenv("HEED_SLOW_DISK");
    long microseconds = told ? atol(told) : 0;
    struct timespec left = {microseconds / 1000000, microseconds % 1000000 * 1000};
    while (nanosleep(&left, &left) == -1 && errno == EINTR) {
    }
    errno = why;
    return done;
}

int fsync(int file) { return late("fsync", file); }

int fdatasync(int file) { return late("fdatasync", file); }
