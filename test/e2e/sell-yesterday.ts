import { openTraining, sell, signInAmina, THANDI } from './training-folder.ts';

// Makes the data folder that is named one of a till at which Thandi Nkosi bought for 100.00 a day ago: a program
// of its own, because a clock that stands in the past belongs to no till that a person opens.

const DAY_MS = 86_400_000;
const now = (): number => Date.now() - DAY_MS;

const station = await openTraining(process.argv[2] ?? '', now);
const sale = await sell(station, await signInAmina(station), THANDI, now);
if (!sale.ok) throw new Error(sale.error.code);
if (sale.value.printJob) await station.printing.settled(sale.value.printJob.jobId);
await station.close();
