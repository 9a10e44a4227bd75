import { expect, test } from '@playwright/test';
import { COMPLAINT_ABOUT_AXE, expectAccessible } from './axe.ts';
import { prepareTour, prepareTrouble, tour, trouble } from './tour.ts';
import { openTill, temporaryFolder } from './till.ts';

const TOURS = [
  {
    name: 'screen',
    prepare: prepareTour,
    go: tour,
    seen: ['desk-drawer', 'desk-customers', 'customer-token'],
  },
  { name: 'screen of a till in trouble', prepare: prepareTrouble, go: trouble, seen: ['doubt-decision'] },
] as const;
const CASES = (['en', 'ar'] as const).flatMap((language) => TOURS.map((each) => ({ ...each, language })));

for (const { language, name, prepare, go, seen } of CASES) {
  test(`no ${name} has a serious violation in any look, in ${language}`, async () => {
    test.setTimeout(600_000);
    const folder = await temporaryFolder();
    const dataFolder = `${folder.path}/data`;
    await prepare(dataFolder);
    const till = await openTill({ dataFolder });
    try {
      await till.counter.evaluate(`localStorage.setItem('kioskwatt.language', '${language}')`);
      await till.counter.reload();
      const screens: string[] = [];
      await go(till, async (screen, page) => {
        screens.push(screen);
        await expectAccessible(page, `${screen} in ${language}`);
      });
      expect(await till.counter.getAttribute('html', 'dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(screens).toEqual(expect.arrayContaining([...seen]));
      expect(till.complaints.filter((complaint) => complaint !== COMPLAINT_ABOUT_AXE)).toEqual([]);
    } finally {
      await till.close();
      await folder.remove();
    }
  });
}
