import { describe, expect, it } from 'vitest';
import { hasDisplay, isDebian, missingFrom, missingInLdd, sentenceForLibraries } from './lib/system.mjs';
import { systemPackagesFor } from './lib/setup-steps.mjs';

describe('missing Debian packages', () => {
  it('are those that dpkg does not report as installed', () => {
    const report = [
      'xvfb installed',
      'strace config-files',
      'dpkg-query: no packages found matching xauth',
      '',
    ].join('\n');
    expect(missingFrom(['xvfb', 'strace', 'xauth'], report)).toEqual(['strace', 'xauth']);
  });

  it('are not missing under the name that a newer release gives them', () => {
    expect(missingFrom(['libcups2'], 'libcups2t64 installed\n')).toEqual([]);
  });
});

describe('missing libraries', () => {
  const report = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibnss3.so => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
    '\tlibgtk-3.so.0 => not found',
  ].join('\n');

  it('are read from ldd', () => {
    expect(missingInLdd(report)).toEqual(['libnss3.so', 'libgtk-3.so.0']);
  });

  it('are told with the exact command', () => {
    expect(sentenceForLibraries(['libnss3.so', 'libgtk-3.so.0'])).toBe(
      'Electron does not find libnss3.so, libgtk-3.so.0: ' +
        'sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0 libnss3',
    );
  });

  it('are told even when nobody knows their package', () => {
    expect(sentenceForLibraries(['libodd.so.7'])).toBe(
      'Electron does not find libodd.so.7: look for the package that holds them in your system',
    );
  });
});

describe('the system packages of a purpose', () => {
  it('are none for a start without a display: the sale runs in the terminal', () => {
    expect(systemPackagesFor('start', false)).toEqual([]);
  });

  it('are only the libraries for a start with one', () => {
    expect(systemPackagesFor('start', true)).toContain('libnss3');
    expect(systemPackagesFor('start', true)).not.toContain('xvfb');
  });

  it('bring a display for tests where there is none', () => {
    expect(systemPackagesFor('test', false)).toEqual(
      expect.arrayContaining(['xvfb', 'xauth', 'libnss3', 'strace']),
    );
    expect(systemPackagesFor('test', true)).not.toContain('xvfb');
  });

  it('are refused for an unknown purpose', () => {
    expect(() => systemPackagesFor('', true)).toThrow('start, test or package');
  });
});

describe('the system', () => {
  it('is Debian or a child of it', () => {
    expect(isDebian('NAME="Debian GNU/Linux"\nID=debian\n')).toBe(true);
    expect(isDebian('ID=ubuntu\nID_LIKE=debian\n')).toBe(true);
    expect(isDebian('ID=fedora\n')).toBe(false);
  });

  it('has a display on Linux only when one is named', () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'darwin')).toBe(true);
  });
});
