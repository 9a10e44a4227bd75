import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  CALL_CHANNEL,
  EVENT_CHANNEL,
  type EventName,
  type Session,
  type StationDoor,
  type WindowKind,
} from '../../contract/index.ts';
import { createDispatch, type CallReport, type Dispatch } from './dispatch.ts';

/** The origin that our own pages have; nothing else may speak to the station. */
export const APP_ORIGIN = 'app://kioskwatt';

/** Which events each kind of window is told of. */
const HEARS: Readonly<Record<WindowKind, readonly EventName[]>> = {
  counter: ['status-changed', 'print-changed', 'import-changed'],
  'paper-preview': ['paper-changed'],
  'virtual-meter': ['sale-recorded'],
  'customer-display': ['display-changed'],
};

type Guest = { readonly kind: WindowKind; readonly session: Session };

export type Door = {
  /** Lets a window speak to the station as this kind; it is forgotten when it is destroyed. */
  readonly admit: (contents: WebContents, kind: WindowKind) => void;
  readonly dispatch: Dispatch;
  /** Answers nobody any more. */
  readonly close: () => void;
};

/**
 * Opens the one door between windows and the station: sender and origin here, the rest in dispatch. Who calls while
 * the station still opens waits for it.
 */
export function openDoor(options: {
  readonly station: Promise<StationDoor>;
  readonly makeRef: () => string;
  readonly report: (report: CallReport) => void;
}): Door {
  const guests = new Map<WebContents, Guest>();
  const inner = options.station.then(({ idleLockMs, operatorNow, handlers }) =>
    createDispatch({ ...options, now: Date.now, idleLockMs, operatorNow, handlers }),
  );
  const dispatch: Dispatch = async (request) => (await inner)(request);

  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, payload: unknown) => {
    const guest = guests.get(event.sender);
    if (!guest || !isOwnPage(event)) {
      return { ok: false, error: { code: 'not-allowed', params: {}, retry: 'no', ref: options.makeRef() } };
    }
    return dispatch({ window: guest.kind, session: guest.session, name, payload });
  });
  void options.station.then(({ subscribe }) =>
    subscribe((event) => {
      for (const [contents, guest] of guests) {
        if (HEARS[guest.kind].includes(event) && !contents.isDestroyed()) contents.send(EVENT_CHANNEL, event);
      }
    }),
  );

  return {
    dispatch,
    admit: (contents, kind) => {
      guests.set(contents, { kind, session: { operator: null } });
      contents.once('destroyed', () => guests.delete(contents));
    },
    close: () => guests.clear(),
  };
}

/** Only the main frame of a page of our own scheme: a frame inside it, or a page after a navigation, is not. */
function isOwnPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
