import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts';

/** Filled in by the build from the contract, so that no schema is carried into the page's neighbourhood. */
declare const KIOSKWATT_CALL_NAMES: readonly string[];
declare const KIOSKWATT_EVENT_NAMES: readonly string[];

contextBridge.exposeInMainWorld('kioskwatt', {
  call: (name: string, input: unknown): Promise<unknown> =>
    KIOSKWATT_CALL_NAMES.includes(name)
      ? ipcRenderer.invoke(CALL_CHANNEL, name, JSON.stringify(input))
      : Promise.reject(new Error('no such call')),
  on: (name: string, listener: () => void): (() => void) => {
    if (!KIOSKWATT_EVENT_NAMES.includes(name)) throw new Error('no such event');
    const hear = (_event: IpcRendererEvent, told: unknown): void => {
      if (told === name) listener();
    };
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => ipcRenderer.removeListener(EVENT_CHANNEL, hear);
  },
});
