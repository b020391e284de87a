interface ShootIdResultOptions {
  transactionId: string;
  /** The status of the document. Default: `SCANNED`, which is our own guess. */
  status?: string;
}

/**
 * Creates a result of a ShootID transaction. The migration guide names `transactionId`, `qrCode`, `documents`, `status`,
 * `declaredType` and `documentId`. The members of `mrz` and `ocr` are our own guess.
 */
export function makeShootIdResult({ transactionId, status = 'SCANNED' }: ShootIdResultOptions) {
  return {
    transactionId,
    qrCode: `https://www.contralia.fr/shootid/api/v2/picture?pictureId=${transactionId}`,
    documents: [
      {
        status,
        declaredType: 'IDENTITY',
        documentId: 0,
        ...(status !== 'READY_TO_BE_SCANNED' && {
          mrz: { line1: 'IDFRASPECIMEN<<<<<<<<<<<<<<<<<<<<<<<', valid: true },
          ocr: { lastName: 'SPECIMEN', firstName: 'NATACHA', confidence: 0.93 },
        }),
      },
    ],
  };
}
