import { app, session, type WebContents } from 'electron';

/** Takes from every page what a till has no use for. Call it when the application is ready, before any window. */
export function lockEverything(): void {
  const pages = session.defaultSession;
  pages.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
  pages.on('will-download', (event) => event.preventDefault());
  pages.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowed(details.url) }));
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** DevTools load their own pages; an unpackaged build may show them. */
function isAllowed(address: string): boolean {
  return address.startsWith('app://kioskwatt/') || (!app.isPackaged && address.startsWith('devtools://'));
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A pinch or Ctrl+wheel by accident would leave the till zoomed with no visible way back.
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1));
}
