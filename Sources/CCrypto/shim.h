#ifndef BUSBAR_CCRYPTO_SHIM_H
#define BUSBAR_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
