import { audit } from './audit.ts';
import { customers } from './customers.ts';
import { ceremony } from './ceremony.ts';
import { decisions } from './decisions.ts';
import { desk } from './desk.ts';
import { errors } from './errors.ts';
import { exchange } from './exchange.ts';
import { headOffice } from './head-office.ts';
import { orders } from './orders.ts';
import { paper } from './paper.ts';
import { shifts } from './shifts.ts';
import { modules } from './modules.ts';
import { printer } from './printer.ts';
import { receipt } from './receipt.ts';
import { screens } from './screens.ts';
import { reports } from './reports.ts';
import { office } from './office.ts';
import { tariff } from './tariff.ts';
import { tariffWords } from './tariff-words.ts';
import { tender } from './tender.ts';
import { virtualMeter } from './virtual-meter.ts';

export const ar = {
  ...audit,
  ...customers,
  ...ceremony,
  ...decisions,
  ...errors,
  ...exchange,
  ...headOffice,
  ...modules,
  ...shifts,
  ...office,
  ...reports,
  ...orders,
  ...paper,
  ...printer,
  ...receipt,
  ...screens,
  ...desk,
  ...tariff,
  ...tariffWords,
  ...tender,
  ...virtualMeter,
};
