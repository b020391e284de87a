import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Makes all clients of this process trust a certificate, as well as those that they trust anyway. */
export function trustCertificate(certificate: string): void {
  setDefaultCACertificates([...getCACertificates('bundled'), certificate]);
}
