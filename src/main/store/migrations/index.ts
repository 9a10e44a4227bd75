import type { DatabaseName } from '../handles.ts';
import { directory } from './directory-0001-directory.ts';
import { words } from './directory-0002-words.ts';
import { accounts } from './directory-0003-accounts.ts';
import { packages } from './directory-0004-packages.ts';
import { language } from './directory-0005-language.ts';
import { changes } from './directory-0006-changes.ts';
import { meterKey } from './directory-0007-meter-key.ts';
import { keypadModel } from './directory-0008-keypad-model.ts';
import { journal } from './ledger-0001-journal.ts';
import { printing } from './ledger-0002-printing.ts';
import { operators } from './ledger-0003-operators.ts';
import { health } from './ledger-0004-health.ts';
import { shifts } from './ledger-0005-shifts.ts';
import { exchange } from './ledger-0006-exchange.ts';
import { meterKeys } from './ledger-0007-meter-keys.ts';
import { saleKinds } from './ledger-0008-sale-kinds.ts';
import { directoryChanges } from './ledger-0009-directory-changes.ts';
import { tenderParts } from './ledger-0010-tender-parts.ts';
import { allowanceUsed } from './ledger-0011-allowance-used.ts';
import { openSlips } from './ledger-0012-open-slips.ts';
import { signedAnchors } from './ledger-0013-signed-anchors.ts';
import { keyTypes } from './ledger-0014-key-types.ts';
import { leanIndexes } from './ledger-0015-lean-indexes.ts';
import { leanSlips } from './ledger-0016-lean-slips.ts';
import { leanBooks } from './ledger-0017-lean-books.ts';
import { partOnce } from './ledger-0018-part-once.ts';
import { paperSales } from './ledger-0019-paper-sales.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** Every step of every database, in order. The length is the version that this program knows. */
export const MIGRATIONS: Readonly<Record<DatabaseName, readonly Migration[]>> = {
  ledger: [
    journal,
    printing,
    operators,
    health,
    shifts,
    exchange,
    meterKeys,
    saleKinds,
    directoryChanges,
    tenderParts,
    allowanceUsed,
    openSlips,
    signedAnchors,
    keyTypes,
    leanIndexes,
    leanSlips,
    leanBooks,
    partOnce,
    paperSales,
  ],
  directory: [directory, words, accounts, packages, language, changes, meterKey, keypadModel],
};

/** The version of the ledger's schema, as batches name it. */
export const LEDGER_VERSION = MIGRATIONS.ledger.length;
