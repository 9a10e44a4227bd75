import type { Locale } from '../../i18n/index.ts';
import { KEN_NEVER, KEY_TYPE } from '../../sts/index.ts';
import { assert } from '../../units/index.ts';
import type { DirectoryTx } from '../store/index.ts';
import type { MeterDetails, TariffVersion } from './records.ts';
import { putTariffVersion, upsertCustomer, upsertMeter } from './write.ts';

/**
 * The directory of the training station: invented people, meters of the manufacturer codes that are kept for
 * tests (00 and 0100), and prices that nobody charges.
 */

/** 2020-01-01 at midnight, UTC. */
const IN_FORCE_FROM_UNIX_MS = 1_577_836_800_000;

function flatTariff(id: string, name: string, resource: string, label: string, rate: string): TariffVersion {
  const document = {
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id,
    version: 1,
    name,
    source: 'Invented for training.',
    effectiveFrom: '2020-01-01T00:00',
    resource,
    meter: 'units',
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    cashRounding: 'down',
    lineRounding: { mode: 'half-up', to: '0.01' },
    units: {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'rounded',
      remainder: 'carry',
      preset: 'part',
    },
    stateMaxAgeHours: 24,
    windows: {},
    stages: [
      { id: 'energy', kind: 'per-unit', label, role: 'energy', rate },
      { id: 'vat', kind: 'percent', label: 'VAT', role: 'tax', rate: '15', method: 'added', of: ['energy'] },
    ],
    entitlements: [],
    limits: { maximum: '5000.00' },
  };
  return { tariffId: id, version: 1, effectiveFromUnixMs: IN_FORCE_FROM_UNIX_MS, document };
}

export const SAMPLE_TARIFFS: readonly TariffVersion[] = [
  flatTariff('home-flat', 'Prepaid Home, flat', 'electricity', 'Energy', '2.04'),
  flatTariff('water-flat', 'Prepaid Water, flat', 'water', 'Water', '31.50'),
];

const USUAL_METER: MeterDetails = {
  resource: 'electricity',
  sgc: '201457',
  krn: 1,
  ti: 1,
  ea: 7,
  dkga: 4,
  keyType: KEY_TYPE.unique,
  baseDate: 2014,
  ken: KEN_NEVER,
  tariffId: 'home-flat',
  blockedReason: null,
};

type Row = readonly [
  name: string,
  address: string,
  phone: string,
  meterNumber: string,
  other?: Partial<MeterDetails>,
  language?: Locale,
];

/** The account number is the place in this list, from 100201. */
const ROWS: readonly Row[] = [
  ['Thandi Nkosi', '12 Acacia St, Unit 4', '+27 82 555 0101', '00123456782'],
  ['Themba Nkosana', '3 Protea Rd', '+27 83 555 0102', '00180340630'],
  ['Lindiwe Dlamini', '48 Long Street', '+27 72 555 0103', '00763972502'],
  ['Élodie N’Guessan', '7 Rue des Jardins, Cocody', '+225 07 55 50 01 04', '00084700541', {}, 'fr'],
  ['Kwabena Ɔsei', '15 Oxford Street, Osu', '+233 24 555 0105', '00342347853'],
  ['Ṣadé Adébáyọ̀', '21 Allen Avenue, Ikeja', '+234 803 555 0106', '00158267807'],
  ['Wanjikũ Mwangi', '9 Moi Avenue', '+254 722 555 107', '00664961711'],
  ['José Luís Mondlane', 'Avenida Eduardo Mondlane 1102', '+258 84 555 0108', '00603296690', {}, 'pt'],
  ['Fátima Conceição', 'Rua da Sé 14', '+244 923 555 109', '00633836838', {}, 'pt'],
  ['Hélène Mbarga', '2 Avenue Kennedy', '+237 677 55 01 10', '00874553282', {}, 'fr'],
  ['Amadou Bâ', 'Route de la Corniche 5', '+221 77 555 01 11', '00509510921'],
  ['Nomvula Khumalo', '12 Acacia St, Unit 5', '+27 82 555 0112', '00281796573', { ea: 11 }],
  ['Pieter van der Merwe', '77 Church Street', '+27 82 555 0113', '00125976209'],
  ['Zanele Mthembu', '31 Freedom Way', '+27 71 555 0114', '00654790120'],
  ['Tendai Moyo', '6 Samora Machel Avenue', '+263 77 255 5115', '00038047338'],
  ['Chipo Ncube', '18 Fife Street', '+263 71 255 5116', '00523192524'],
  ['Mutale Banda', '4 Cairo Road', '+260 97 755 5117', '00580850121'],
  ['Grace Phiri', '22 Independence Drive', '+265 99 955 5118', '00815289475'],
  ['Juma Hassan Ally', '10 Samora Avenue', '+255 75 455 5119', '00002826691', {}, 'sw'],
  ['Neema Mushi', '41 Uhuru Street', '+255 71 355 5120', '00933931065', {}, 'sw'],
  ['Kato Ssemakula', '8 Kampala Road', '+256 77 255 5121', '00597788579'],
  ['Uwase Mukamana', 'KN 5 Road 16', '+250 78 855 5122', '00357462829'],
  ['Priya Naidoo', '55 Florida Road', '+27 84 555 0123', '00968434639'],
  ['Rajesh Sharma', '3 Lotus Lane', '+27 74 555 0124', '00307039453'],
  [
    'Nguyễn Thị Hằng',
    '29 Harbour View',
    '+27 60 555 0125',
    '00793432709',
    { blockedReason: 'meter reported stolen' },
  ],
  ['Łukasz Wójcik', '11 Kloof Street', '+27 61 555 0126', '00137206967'],
  ['Sipho Mahlangu', '90 Main Road', '+27 73 555 0127', '00426046843', { dkga: 2, sgc: '123456', krn: 3 }],
  [
    'Acacia Court Water',
    '12 Acacia St',
    '+27 31 555 0128',
    '00041057183',
    { resource: 'water', tariffId: 'water-flat', keypadModel: 'Waterwatch' },
  ],
  ['Ayanda Zulu', '64 Umgeni Road', '+27 79 555 0129', '0100876543214'],
  ['Compliance Bench', 'Workshop, shelf 1', '+27 11 555 0130', '00000000000'],
  ['Compliance Bench', 'Workshop, shelf 2', '+27 11 555 0131', '0100000000008'],
  ['فاطمة الزهراء حسن', 'شارع النيل 8', '+249 91 255 5132', '00418302758', {}, 'ar'],
];

const FIRST_ACCOUNT = 100_201;

/** Fills a directory with the training customers, meters and tariffs; doing it again changes nothing. */
export function loadSampleData(tx: DirectoryTx): void {
  for (const tariff of SAMPLE_TARIFFS) {
    assert(putTariffVersion(tx, tariff).ok, 'the sample tariffs do not change');
  }
  ROWS.forEach(([name, address, phone, meterNumber, other, language], index) => {
    const account = (FIRST_ACCOUNT + index).toString();
    const customerId = `training-${account}`;
    upsertCustomer(tx, { customerId, name, account, phone, address, ...(language ? { language } : {}) });
    const meter = upsertMeter(tx, { ...USUAL_METER, ...other, meterNumber, customerId });
    assert(meter.ok, `the sample meter ${meterNumber} is right`);
  });
}
