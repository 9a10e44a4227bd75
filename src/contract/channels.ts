/** The only two channels between a window and the station. Without schemas, so that the preload may import it. */
export const CALL_CHANNEL = 'kioskwatt:call';
export const EVENT_CHANNEL = 'kioskwatt:event';
