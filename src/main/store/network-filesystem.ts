import { existsSync, readFileSync } from 'node:fs';

/** SQLite's locks and fsync cannot be trusted over these (names as the Linux kernel lists them). */
const NETWORK_FILESYSTEMS = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ncpfs',
  'afs',
  'ceph',
  '9p',
  'glusterfs',
  'lustre',
  'ocfs2',
  'gfs2',
  'davfs',
  'fuse.sshfs',
  'fuse.davfs2',
  'fuse.glusterfs',
  'fuse.ceph',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.curlftpfs',
  'fuse.smbnetfs',
  'fuse.gvfsd-fuse',
]);

/**
 * The name of the network file system that a folder (an absolute, real path) lies on, or undefined for a
 * local one. Linux: the kernel's mount table; Windows: a UNC path.
 */
export function networkFilesystem(folder: string, mountTable = readMountTable()): string | undefined {
  if (/^[\\/]{2}[^\\/?.]/u.test(folder)) return 'UNC';
  if (mountTable === undefined) return undefined;
  let best = { point: '', type: '' };
  for (const line of mountTable.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const point = unescapeMount(left.split(' ')[4] ?? '');
    const inside = folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`);
    // The later of two mounts on one point hides the earlier.
    if (point !== '' && inside && point.length >= best.point.length)
      best = { point, type: right.split(' ')[0] ?? '' };
  }
  return NETWORK_FILESYSTEMS.has(best.type) ? best.type : undefined;
}

function readMountTable(): string | undefined {
  const file = '/proc/self/mountinfo';
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** The mount table writes blanks and the like as octal: `\040`. */
function unescapeMount(text: string): string {
  return text.replace(/\\(\d{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
