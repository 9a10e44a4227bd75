import type { BatchId, SealedManifest } from '../batch/index.ts';
import type { Database } from './db.ts';

/** The answers to the newest batches of a station that were taken, as they were signed. */
export async function storedAcks(
  database: Database,
  station: string,
  last: number,
): Promise<readonly { readonly batch: BatchId; readonly ack: SealedManifest }[]> {
  const rows = await database.use((session) =>
    session.query<{ epoch: number; number: number; ack: Uint8Array; ack_signature: Uint8Array }>(
      `SELECT epoch, number, ack, ack_signature FROM batch WHERE station = $1
       ORDER BY epoch DESC, number DESC LIMIT $2`,
      [station, last],
    ),
  );
  return rows.map(({ epoch, number, ack, ack_signature: signature }) => ({
    batch: { station, epoch, number },
    ack: { manifest: ack, signature },
  }));
}
