import type { Translation } from '../catalogue.ts';
import type { tariff as english } from '../en/tariff.ts';

export const tariff: Translation<typeof english> = {
  'line.energy': 'الوحدات',
  'line.levy': 'رسم',
  'line.tax': 'ضريبة',
  'line.fee': 'أجرة',
  'line.debt': 'دين مدفوع',
  'line.subsidy': 'دعم',
  'line.settlement': 'من رصيدك',
  'line.rounding': 'تقريب',
  'line.carried': 'محفوظ للمرة القادمة',
  'line.named': '{name}',
  'line.detail.units': '{base} × {rate}',
  'line.detail.money': '{rate} % من {base}',
  'line.detail.periods': '{times} × {rate}',
  'limit.none': 'لا يوجد حد آخر.',
  'limit.tariff-minimum': 'تحدد التعرفة أصغر شراء بمبلغ {amount}.',
  'limit.settlement':
    'ما زال {amount} مستحقا من مشتريات سابقة.{balance, select, none {} other { وبقي {balance} من قبل.}}',
  'limit.charge':
    'تدفع أولا أجرة ثابتة قدرها {amount}.{balance, select, none {} other { وبقي {balance} من قبل.}}',
  'limit.debt': 'يذهب {amount} إلى الدين.{balance, select, none {} other { وبقي {balance} من قبل.}}',
  'limit.share':
    'يذهب {amount} إلى الضرائب والرسوم.{balance, select, none {} other { وبقي {balance} من قبل.}}',
  'limit.units': 'أصغر رمز سعره {amount}{balance, select, none {} other { فوق {balance} الباقية من قبل}}.',
  'limit.tariff-maximum': 'تحدد التعرفة أكبر شراء بمبلغ {amount}.',
  'limit.token-capacity': 'لا يستطيع الرمز حمل وحدات أكثر.',
  'limit.purchase-units': 'تحد التعرفة الوحدات في الشراء الواحد.',
  'limit.preset-units': 'تسترد أولا الوحدات التي أعطيت مقدما.',
  'limit.window-units': 'تحد التعرفة الوحدات في هذه الفترة.',
  'limit.amount-capacity': 'لا يجوز أن يكون بيع أكبر من {amount}.',
};
