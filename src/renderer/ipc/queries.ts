import { QueryClient, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CallName, CallOutput, EventName } from '../../contract/index.ts';
import { need } from './station.ts';

const STATUS_EVERY_MS = 15_000;

/** The station is in the same computer: no retries behind the cashier's back, no fetching on a window's focus. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
    },
  });
}

/** Which answers an event makes old. */
const OLD_AFTER: Readonly<Record<EventName, readonly CallName[]>> = {
  'status-changed': ['station.status', 'sale.open', 'operators.names', 'modules.report', 'office.view'],
  'import-changed': ['directory.importState'],
  'print-changed': ['print.job', 'print.open', 'sale.last', 'station.status'],
  'paper-changed': ['paper.latest'],
  'sale-recorded': ['virtual-meter.show'],
  'display-changed': ['display.show'],
  'counter-wanted': [],
  'virtual-meter-wanted': [],
};

/** Keeps what is shown in step with what the station says happened. */
export function useStationEvents(events: readonly EventName[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = events.map((event) =>
      window.kioskwatt.on(event, () => {
        for (const name of OLD_AFTER[event]) void client.invalidateQueries({ queryKey: [name] });
      }),
    );
    return () => stops.forEach((stop) => stop());
  }, [client, events]);
}

export function useStatus(): UseQueryResult<CallOutput<'station.status'>> {
  return useQuery({
    queryKey: ['station.status'],
    queryFn: () => need('station.status', {}),
    refetchInterval: STATUS_EVERY_MS,
  });
}

export function useOperatorNames(): UseQueryResult<CallOutput<'operators.names'>> {
  return useQuery({ queryKey: ['operators.names'], queryFn: () => need('operators.names', {}) });
}

export function useOpenSales(): UseQueryResult<CallOutput<'sale.open'>> {
  return useQuery({ queryKey: ['sale.open'], queryFn: () => need('sale.open', {}) });
}

export function useLastSale(): UseQueryResult<CallOutput<'sale.last'>> {
  return useQuery({ queryKey: ['sale.last'], queryFn: () => need('sale.last', {}) });
}

export function usePrintJob(jobId: string | undefined): UseQueryResult<CallOutput<'print.job'>> {
  return useQuery({
    queryKey: ['print.job', jobId],
    queryFn: () => need('print.job', { jobId: jobId ?? '' }),
    enabled: jobId !== undefined,
  });
}

export function useVirtualMeter(): UseQueryResult<CallOutput<'virtual-meter.show'>> {
  return useQuery({ queryKey: ['virtual-meter.show'], queryFn: () => need('virtual-meter.show', {}) });
}

export function useTariffs(): UseQueryResult<CallOutput<'tariffs.list'>> {
  return useQuery({ queryKey: ['tariffs.list'], queryFn: () => need('tariffs.list', {}) });
}

export function useTariffSentences(
  tariffId: string,
  version: number,
): UseQueryResult<CallOutput<'tariffs.show'>> {
  return useQuery({
    queryKey: ['tariffs.show', tariffId, version],
    queryFn: () => need('tariffs.show', { tariffId, version }),
  });
}

export function useExplanation(saleId: string): UseQueryResult<CallOutput<'purchase.explain'>> {
  return useQuery({
    queryKey: ['purchase.explain', saleId],
    queryFn: () => need('purchase.explain', { saleId }),
  });
}

export function useImportState(): UseQueryResult<CallOutput<'directory.importState'>> {
  return useQuery({
    queryKey: ['directory.importState'],
    queryFn: () => need('directory.importState', {}),
  });
}

export function useOpenSlips(): UseQueryResult<CallOutput<'print.open'>> {
  return useQuery({ queryKey: ['print.open'], queryFn: () => need('print.open', {}) });
}

export function usePrinter(): UseQueryResult<CallOutput<'printer.view'>> {
  return useQuery({ queryKey: ['printer.view'], queryFn: () => need('printer.view', {}) });
}

export function useModules(): UseQueryResult<CallOutput<'modules.report'>> {
  return useQuery({ queryKey: ['modules.report'], queryFn: () => need('modules.report', {}) });
}

export function useOffice(): UseQueryResult<CallOutput<'office.view'>> {
  return useQuery({ queryKey: ['office.view'], queryFn: () => need('office.view', {}) });
}

export function useDisplay(): UseQueryResult<CallOutput<'display.show'>> {
  return useQuery({ queryKey: ['display.show'], queryFn: () => need('display.show', {}) });
}

export function usePaper(): UseQueryResult<CallOutput<'paper.latest'>> {
  return useQuery({ queryKey: ['paper.latest'], queryFn: () => need('paper.latest', {}) });
}
