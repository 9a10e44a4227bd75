import { describe, expect, it } from 'vitest';
import { startSettings, type Surroundings } from './settings.ts';

const kiosk: Surroundings = {
  env: {},
  platform: 'linux',
  homeFolder: '/home/amina',
  packaged: true,
  flavour: 'release',
  canWrite: () => true,
};

describe('startSettings', () => {
  it('is a training station when nobody says otherwise', () => {
    expect(startSettings(kiosk)).toEqual({
      ok: true,
      value: { profile: 'training', dataFolder: '/var/lib/kioskwatt/training' },
    });
  });

  it('trains in the home folder where the machine folder is closed, but never sells there', () => {
    const closed = { ...kiosk, canWrite: () => false };
    expect(startSettings(closed)).toMatchObject({
      value: { dataFolder: '/home/amina/.local/share/kioskwatt/training' },
    });
    const env = { KIOSKWATT_PROFILE: 'production' };
    expect(startSettings({ ...closed, env })).toMatchObject({
      value: { dataFolder: '/var/lib/kioskwatt/production' },
    });
  });

  it('takes the folder and the printer that are named', () => {
    const env = { KIOSKWATT_DATA: '/srv/till', KIOSKWATT_PRINTER: 'tcp://10.0.0.7:9100' };
    expect(startSettings({ ...kiosk, env })).toMatchObject({
      value: { dataFolder: '/srv/till', printerAddress: 'tcp://10.0.0.7:9100' },
    });
  });

  it('heeds a database binding only where nothing is packaged', () => {
    const env = { KIOSKWATT_SQLITE_BINDING: '/tmp/other.node' };
    const unpackaged = startSettings({ ...kiosk, env, packaged: false });
    expect(unpackaged).toMatchObject({ value: { sqliteBinding: '/tmp/other.node' } });
    const packaged = startSettings({ ...kiosk, env });
    expect(packaged.ok && packaged.value).not.toHaveProperty('sqliteBinding');
  });

  it('refuses production in a build for development, and a profile that does not exist', () => {
    const production = { KIOSKWATT_PROFILE: 'production' };
    expect(startSettings({ ...kiosk, env: production, flavour: 'dev' })).toMatchObject({
      error: { code: 'profile-refused' },
    });
    expect(startSettings({ ...kiosk, env: { KIOSKWATT_PROFILE: 'live' } })).toMatchObject({
      error: { code: 'config-invalid', params: { path: 'KIOSKWATT_PROFILE' } },
    });
  });
});
