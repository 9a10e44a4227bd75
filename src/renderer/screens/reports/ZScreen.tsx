import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { FiguresTable } from '../drawer/FiguresTable.tsx';
import { Choice, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';

/** The Zs as they were kept, each to be read and printed again. */
export function ZScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const zs = useQuery({ queryKey: ['shift.zs'], queryFn: () => need('shift.zs', {}) }).data?.zs ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const number = Number(chosen ?? zs[0]?.number ?? 0);
  const z = useQuery({
    queryKey: ['shift.z', number],
    queryFn: () => need('shift.z', { number }),
    enabled: number > 0,
  }).data;
  return (
    <Office title={words('report.shifts')} onClose={onClose}>
      <Choice
        label={words('column.z')}
        value={String(number)}
        onChange={setChosen}
        options={zs.map((each) => ({
          value: String(each.number),
          text: `${each.name} · ${figures.day(each.closedUnixMs)} · ${each.operatorName} · ${figures.money(each.varianceMinor)}`,
        }))}
      />
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {z ? (
        <>
          <FiguresTable figures={z} />
          <Button
            onPress={() =>
              void call.run('shift.print', { requestId: newRequestId(), shiftId: z.shift.shiftId })
            }
          >
            {words('office.print')}
          </Button>
        </>
      ) : null}
    </Office>
  );
}
