import { qrcode } from 'bwip-js/browser';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './PaperScreen.module.css';

/** A QR code drawn on a canvas: no address and no markup is made of its contents. */
export function QrCode({
  caption,
  contents,
  label,
}: {
  readonly caption: string | null;
  readonly contents: string;
  readonly label: string;
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) qrcode(canvas.current, { bcid: 'qrcode', text: contents, scale: 3 });
  }, [contents]);
  return (
    <figure className={styles.qr} aria-label={label}>
      {caption === null ? null : <figcaption>{caption}</figcaption>}
      <canvas ref={canvas} aria-hidden="true" />
    </figure>
  );
}
