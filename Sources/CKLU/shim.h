#ifndef BUSBAR_CKLU_SHIM_H
#define BUSBAR_CKLU_SHIM_H

#if __has_include(<suitesparse/klu.h>)
#include <suitesparse/klu.h>
#else
#include <klu.h>
#endif

#endif
