#define _GNU_SOURCE
#include "CSyscalls.h"

#include <unistd.h>

int atles_syncfs(int descriptor) { return syncfs(descriptor); }
