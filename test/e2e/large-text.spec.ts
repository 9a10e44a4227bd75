import { expect, test } from '@playwright/test';
import { outOfReach } from './reach.ts';
import { openTill, temporaryFolder } from './till.ts';
import { prepareTour, tour } from './tour.ts';

test('with text at twice the size nothing is cut and nothing is out of reach, on any screen', async () => {
  test.setTimeout(900_000);
  const folder = await temporaryFolder();
  const dataFolder = `${folder.path}/data`;
  await prepareTour(dataFolder);
  const till = await openTill({ dataFolder });
  const lost: Record<string, readonly string[]> = {};
  try {
    await till.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.setMinimumSize(0, 0);
        window.setContentSize(1024, 768);
      }
    });
    await till.counter.waitForFunction('innerWidth === 1024 && innerHeight === 768');
    await tour(till, async (screen, page) => {
      const found = await outOfReach(page);
      if (found.length > 0) lost[screen] = found;
    });
    expect(lost).toEqual({});
  } finally {
    await till.close();
    await folder.remove();
  }
});
