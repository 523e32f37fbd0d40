// Linux system calls that the Glibc module does not show to Swift.
#ifndef ATLES_CSYSCALLS_H
#define ATLES_CSYSCALLS_H

/// syncfs(2): makes everything written so far to the file system of `descriptor` durable. 0, or -1 with errno set.
int atles_syncfs(int descriptor);

#endif
