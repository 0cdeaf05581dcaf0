internal import CCrypto

/// The SHA-256 digest of bytes, by OpenSSL.
@safe public struct SHA256Digest {
  private let context: OpaquePointer

  /// Makes the digest of nothing yet.
  init() {
    // SAFETY: the context is owned by this value's user until `finish`, which frees it.
    guard let context = unsafe EVP_MD_CTX_new(),
      unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    else { preconditionFailure("OpenSSL cannot make a SHA-256 context.") }
    unsafe self.context = context
  }

  /// Adds bytes.
  func update(_ bytes: Span<UInt8>) {
    // SAFETY: the span outlives the call.
    unsafe bytes.withUnsafeBufferPointer {
      let status = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
      precondition(status == 1, "OpenSSL cannot extend a SHA-256 digest.")
    }
  }

  /// Adds the bytes of numbers as they lie in memory (little-endian on all supported machines).
  func update<Value: BitwiseCopyable>(_ values: [Value]) {
    // SAFETY: the array's buffer outlives the call and has no padding for the number types used.
    unsafe values.withUnsafeBytes {
      let status = unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
      precondition(status == 1, "OpenSSL cannot extend a SHA-256 digest.")
    }
  }

  /// Adds a text, ended by a zero byte so that two texts never run into each other.
  func update(_ text: String) {
    update(Array(text.utf8) + [0])
  }

  /// Ends the digest and returns it as 64 hexadecimal digits; the value must not be used again.
  consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    // SAFETY: the buffer has room for the 32 bytes of SHA-256.
    unsafe digest.withUnsafeMutableBufferPointer {
      let status = unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil)
      precondition(status == 1, "OpenSSL cannot finish a SHA-256 digest.")
    }
    unsafe EVP_MD_CTX_free(context)
    return digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// Returns the digest of some bytes as 64 hexadecimal digits.
  public static func hex(of bytes: [UInt8]) -> String {
    let digest = SHA256Digest()
    digest.update(bytes)
    return digest.finish()
  }
}
