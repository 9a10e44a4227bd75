import { groupToken, unitsText } from '../i18n/index.ts';
import { unitsTenths } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { openFromTerminal, type OpenFlags } from './open.ts';

/** Has the module decode a token for a meter and says what it carries. Exit code 0 when it is good. */
export async function verifyToken(
  io: Io,
  token: string,
  flags: OpenFlags & { readonly meter: string; readonly json: boolean },
): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    const verdict = await opened.value.verifyToken(flags.meter, token);
    if (!verdict.ok) return sayFault(io, verdict.error, flags.json);
    const { value } = verdict;
    if (flags.json) io.out(JSON.stringify({ ok: value.good, ...value }));
    else if (!value.good) io.out(`Not good for this meter: ${value.reason}.`);
    else {
      const units =
        value.unitsTenths === null ? 'no units' : unitsText(unitsTenths(value.unitsTenths), value.resource);
      io.out(
        `${groupToken(token.replace(/\D/gu, ''))}: class ${value.tokenClass} sub-class ${value.subclass}, ${units}, made for ${value.madeAt}`,
      );
    }
    return value.good ? EXIT.done : EXIT.failed;
  } finally {
    await opened.value.close();
  }
}
