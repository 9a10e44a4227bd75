import { expect, test } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { prepareTour, tour } from './tour.ts';
import { openTill, temporaryFolder } from './till.ts';

for (const language of ['en', 'ar'] as const) {
  test(`no screen has a serious violation in any look, in ${language}`, async () => {
    test.setTimeout(600_000);
    const folder = await temporaryFolder();
    const dataFolder = `${folder.path}/data`;
    await prepareTour(dataFolder);
    const till = await openTill({ dataFolder });
    try {
      await till.counter.evaluate(`localStorage.setItem('kioskwatt.language', '${language}')`);
      await till.counter.reload();
      const screens: string[] = [];
      await tour(till, async (screen, page) => {
        screens.push(screen);
        await expectAccessible(page, `${screen} in ${language}`);
      });
      expect(await till.counter.getAttribute('html', 'dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(screens).toEqual(expect.arrayContaining(['desk-drawer', 'desk-customers', 'customer-token']));
      expect(till.complaints.filter((complaint) => complaint !== COMPLAINT_ABOUT_AXE)).toEqual([]);
    } finally {
      await till.close();
      await folder.remove();
    }
  });
}
