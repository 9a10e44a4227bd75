import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useFigures, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Figures } from '../drawer/FiguresTable.tsx';
import { Choice, Office } from '../drawer/Office.tsx';

/** The Zs as they were kept, each to be read and printed again. */
export function ZScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const figures = useFigures();
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
      {zs.length === 0 ? (
        <p>{words('reports.zs.none')}</p>
      ) : (
        <Choice
          label={words('column.z')}
          value={String(number)}
          onChange={setChosen}
          first
          options={zs.map((each) => ({
            value: String(each.number),
            text: `${each.name} · ${figures.day(each.closedUnixMs)} · ${each.operatorName} · ${words('slip.variance')} ${figures.money(each.varianceMinor)}`,
          }))}
        />
      )}
      {z ? <Figures key={number} figures={z} /> : null}
    </Office>
  );
}
