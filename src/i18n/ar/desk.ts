import type { Translation } from '../catalogue.ts';
import type { desk as english } from '../en/desk.ts';

export const desk: Translation<typeof english> = {
  'keys.desk': 'المكتب',
  'desk.title': 'المكتب',
  'desk.back': 'إلى الشباك',
  'desk.tariffs.about': 'قراءة الأسعار وتجربة مبلغ وإدخال قائمة جديدة.',
  'desk.customersFile.about': 'إدخال قائمة زبائن وعدادات من ملف.',
  'customers.file.title': 'زبائن من ملف',
  'customers.file.path': 'اسم ملف CSV مع مجلده',
  'customers.file.hint': 'يستمر البيع في الشباك. لا يُحذف شيء، ويمكن إدخال الملف نفسه مرة أخرى.',
  'customers.file.begin': 'إدخال الملف',
  'customers.file.stop': 'إيقاف',
  'customers.file.state.running': 'إدخال {file}: {percent} %',
  'customers.file.state.done': 'أُدخل {file}.',
  'customers.file.state.stopped': 'أُوقف {file}. ما أُدخل يبقى.',
  'customers.file.state.failed': 'لم يُدخل {file} حتى نهايته.',
  'customers.file.counts': 'أُدخل {taken} سطرًا وتُرك {refused}.',
  'customers.file.report': 'الأسطر المتروكة وأسبابها في',
};
