/**
 * What a restored station lost and brought back since stands here twice: as it was, in the old epoch, and as recalled in
 * a later one. Figures take the later. It is the same sale by its receipt number, which no two sales of a station share;
 * one that came back from its slip has an id of its own.
 */

/** SQL: a row of `sale` (by its alias) stands once more in a later epoch. */
export const saleCameBack = (sale: string): string =>
  `EXISTS (SELECT 1 FROM sale AS again WHERE again.station = ${sale}.station AND again.meter_pan = ${sale}.meter_pan
    AND again.receipt_number = ${sale}.receipt_number AND again.epoch > ${sale}.epoch)`;

/**
 * SQL: a row of `transfer` (by its alias) is of a record that a restored station lost, and of which a step of the same
 * sale stands in a later epoch.
 */
export const transferCameBack = (transfer: string): string =>
  `EXISTS (SELECT 1 FROM epoch JOIN record ON record.station = epoch.station AND record.epoch = epoch.old_epoch
      AND record.sequence > epoch.old_sequence
    JOIN sale_step AS lost ON lost.station = record.station AND lost.epoch = record.epoch
      AND lost.sale_id = record.subject_id AND lost.row_id / 1000 = record.record_id
    JOIN sale_step AS back ON back.station = lost.station AND back.epoch > lost.epoch AND back.step = lost.step
    WHERE epoch.station = ${transfer}.station AND epoch.old_epoch = ${transfer}.epoch
      AND record.record_id = ${transfer}.row_id / 1000 AND record.business_date = ${transfer}.business_date
      AND (back.sale_id = lost.sale_id OR back.sale_id IN (SELECT again.sale_id FROM sale AS was JOIN sale AS again
        ON again.station = was.station AND again.meter_pan = was.meter_pan
          AND again.receipt_number = was.receipt_number AND again.epoch > was.epoch
        WHERE was.station = lost.station AND was.sale_id = lost.sale_id)))`;
