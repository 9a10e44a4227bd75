// A small Linux guest with a USB stack of its own: Debian's stock kernel, booted by QEMU on the host's own files,
// read-only. KVM carries it where KVM can; elsewhere QEMU translates every instruction, which is many times slower. Nothing here
// needs root; only installing QEMU does. The kernel and the first file system are prepared once into the user's cache
// folder.

import { spawn } from 'node:child_process';
import { access, constants, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createHash } from 'node:crypto';
import { cacheFolder, prepareOnce } from './cache.mjs';
import { run } from './run.mjs';
import { Refusal, say } from './say.mjs';
import { aptLine, debianPackages, missingDebianPackages } from './system.mjs';

const wantedModules = [
  'virtio_pci',
  '9pnet_virtio',
  '9p',
  'virtio-rng',
  'usbcore',
  'ehci_pci',
  'xhci_pci',
  'libcomposite',
  'usb_f_fs',
  'usb_f_acm',
  'usb_f_ss_lb',
  'dummy_hcd',
  'ftdi_sio',
  'cdc-acm',
];

/** Puts the host's files under /mnt, gives them the kernel's own file systems, and runs the script named at start. */
const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mkdir -p /proc /sys /dev /mnt
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $(cat /modules/order); do
  case $module in dummy_hcd.ko) options="num=2" ;; *) options="" ;; esac
  insmod /modules/$module $options
done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=1048576,cache=loose,ro host /mnt
mount -t proc proc /mnt/proc
mount -t sysfs sys /mnt/sys
mount -t devtmpfs dev /mnt/dev
mkdir -p /mnt/dev/pts
mount -t devpts pts /mnt/dev/pts
mount -t tmpfs run /mnt/run
mount -t configfs config /mnt/sys/kernel/config
chroot /mnt /bin/sh "$(sed 's/.*guest=\\([^ ]*\\).*/\\1/' /proc/cmdline)"
echo "guest-exit $?"
poweroff -f
`;

/** @typedef {'kvm' | 'tcg'} Accelerator */

/** What carries the guest's instructions. @type {Record<Accelerator, string>} */
const accelerators = {
  kvm: '-accel kvm -cpu host',
  tcg: '-accel tcg,thread=multi -cpu max',
};

/** With KVM the kernel is up within two seconds; a KVM that can't run it says nothing for ever. */
const trialMs = 15_000;

const machine = '-smp 2 -m 2048 -no-reboot -display none -nodefaults -serial stdio';

/** The host's files, and randomness. */
const files = `
  -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap
  -device virtio-9p-pci,fsdev=host,mount_tag=host -device virtio-rng-pci`;

/** @typedef {{ kernel: string, initrd: string }} GuestSystem */

/**
 * The kernel and its first file system, fetching and making them when they are not there yet (70 MB to fetch).
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<GuestSystem>} throws a Refusal that names the command when QEMU or a tool is missing
 */
export async function prepareGuest(env) {
  const missing = await missingDebianPackages(debianPackages.usb);
  if (missing.length > 0) {
    throw new Refusal(`The USB guest needs system packages: ${aptLine(missing)}`);
  }
  const kernelPackage = await newestKernelPackage();
  const mark = createHash('sha256')
    .update(JSON.stringify([init, wantedModules]))
    .digest('hex')
    .slice(0, 12);
  const target = join(cacheFolder(env), `usb-guest-${kernelPackage}-${mark}`);
  await prepareOnce(target, (folder) => fillGuest(folder, kernelPackage));
  return { kernel: join(target, 'vmlinuz'), initrd: join(target, 'initrd.zst') };
}

/** Debian's present stock kernel, by the name of its package. */
async function newestKernelPackage() {
  const { output } = await run('apt-cache', ['depends', 'linux-image-amd64'], { capture: true });
  const name = /Depends: (linux-image-\S+-amd64)$/m.exec(output)?.[1];
  if (name === undefined) {
    throw new Refusal("Debian's package lists name no stock kernel: sudo apt-get update");
  }
  return name;
}

/** @param {string} folder @param {string} kernelPackage */
async function fillGuest(folder, kernelPackage) {
  say(`Fetching ${kernelPackage} for the USB guest (70 MB)`);
  const work = join(folder, 'work');
  await mkdir(work);
  await must('apt-get', ['download', '-qq', kernelPackage], work);
  const [archive = ''] = (await readdir(work)).filter((name) => name.endsWith('.deb'));
  await must('dpkg-deb', ['-x', archive, 'k'], work);
  const version = kernelPackage.replace('linux-image-', '');
  await must('depmod', ['-b', join(work, 'k'), version], work);
  await rename(join(work, 'k', 'boot', `vmlinuz-${version}`), join(folder, 'vmlinuz'));
  await makeInitrd(work, version, join(folder, 'initrd.zst'));
  await rm(work, { recursive: true });
}

/** @param {string} work @param {string} version of the kernel @param {string} target */
async function makeInitrd(work, version, target) {
  const root = join(work, 'root');
  const modules = join(root, 'modules');
  await mkdir(join(root, 'bin'), { recursive: true });
  await mkdir(modules);
  /** @type {string[]} */
  const order = [];
  for (const wanted of wantedModules) {
    const args = ['-d', join(work, 'k'), '-S', version, '--show-depends', wanted];
    for (const line of (await must('modprobe', args, work)).split('\n')) {
      const file = /^insmod (\S+)/.exec(line)?.[1];
      if (file !== undefined && !order.includes(basename(file))) {
        order.push(basename(file));
        await cp(file, join(modules, basename(file)));
      }
    }
  }
  await writeFile(join(modules, 'order'), `${order.join('\n')}\n`);
  await cp('/bin/busybox', join(root, 'bin', 'busybox'));
  await writeFile(join(root, 'init'), init, { mode: 0o755 });
  const pack = 'find . | cpio -o -H newc --quiet | zstd -q -3 -o "$1"';
  await must('sh', ['-c', pack, 'sh', target], root);
}

/** @param {string} command @param {readonly string[]} args @param {string} cwd */
async function must(command, args, cwd) {
  const { code, output } = await run(command, args, { cwd, capture: true });
  if (code !== 0) {
    throw new Refusal(`The USB guest could not be made: ${command} ended with code ${code}.\n${output}`);
  }
  return output;
}

/**
 * KVM where it can boot the guest, which is tried out: there are hosts whose KVM runs kernels of its own kind only and
 * leaves every other one hanging.
 * @param {GuestSystem} system
 * @returns {Promise<Accelerator>}
 */
export async function chooseAccelerator(system) {
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return 'tcg';
  }
  // Without the host's files the guest has no script to run: it says so, and has booted.
  const trial = boot(system, 'kvm', 'none', []);
  const timer = setTimeout(() => trial.kill('SIGKILL'), trialMs);
  let said = '';
  trial.stdout.on('data', (part) => (said += part));
  await new Promise((resolve) => void trial.once('close', resolve));
  clearTimeout(timer);
  return said.includes('guest-exit') ? 'kvm' : 'tcg';
}

/**
 * Starts the guest. Its console comes out of the child's standard output and ends with `guest-exit CODE`.
 * @param {GuestSystem} system
 * @param {Accelerator} accelerator
 * @param {string} script an absolute path, run by sh as root in the guest; only /run can be written to there
 * @param {readonly string[]} devices further options of QEMU
 */
export function startGuest(system, accelerator, script, devices) {
  return boot(system, accelerator, script, [...words(files), ...devices]);
}

/** @param {GuestSystem} system @param {Accelerator} accelerator @param {string} script @param {readonly string[]} devices */
function boot(system, accelerator, script, devices) {
  const append = `console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on guest=${script}`;
  const options = [...words(accelerators[accelerator]), ...words(machine), ...devices];
  return spawn(
    'qemu-system-x86_64',
    [...options, '-kernel', system.kernel, '-initrd', system.initrd, '-append', append],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/);
