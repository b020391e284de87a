import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Makes a client leave the body of an upload out of the request's signature. To sign a body, the SDK computes its
 * SHA-256, which costs as much as our own. TLS protects the body on its way, and S3 compares it with the CRC32 of the
 * request, which is signed. A request without a CRC32 keeps the signature of its body.
 */
export function leaveUploadsUnsigned(s3: S3Client): S3Client {
  s3.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (hasHeaders(request) && 'x-amz-checksum-crc32' in request.headers) {
        request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      }
      return next(args);
    },
    // At the end of this step, the request has its checksum. The next step signs it, with this header.
    { step: 'build', priority: 'low', name: 'leaveUploadsUnsigned' },
  );
  return s3;
}

function hasHeaders(request: unknown): request is { readonly headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}
