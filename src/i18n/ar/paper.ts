import type { Translation } from '../catalogue.ts';
import type { paper as english } from '../en/paper.ts';

export const paper: Translation<typeof english> = {
  'error.station-key-damaged.cashier':
    'لا يمكن قراءة مفتاح توقيع المحطة {file} ({reason}). أعده من نسخة، أو أزله وسجل المحطة من جديد لدى المكتب الرئيسي.',
  'error.station-key-damaged.customer': 'الجهاز يحتاج إلى لحظة.',
  'error.station-key-missing.cashier': 'لا يوجد مفتاح توقيع {file} بعد. تصنعه المحطة عند فتحها أول مرة.',
  'error.station-key-missing.customer': 'الجهاز يحتاج إلى لحظة.',
  'error.station-key-text.cashier':
    'هذا ليس المفتاح العام لمحطة. فيه 64 رقما ست عشريا؛ ويطبعه الأمر “station receipt key”.',
  'error.station-key-text.customer': 'الجهاز يحتاج إلى لحظة.',
  'error.receipt-code-not-ours.cashier':
    'هذا ليس رمز إيصال: رموز الإيصالات تبدأ بـ KW1. امسح المربع أسفل الورقة.',
  'error.receipt-code-not-ours.customer': 'هذا ليس رمز أحد إيصالاتنا.',
  'error.receipt-code-damaged.cashier': 'الرمز غير كامل أو لم يقرأ جيدا. امسحه مرة أخرى أو اكتب رقم العداد.',
  'error.receipt-code-damaged.customer': 'لا أستطيع قراءة هذا الرمز. من فضلك قل لي رقم عدادك.',
  'error.receipt-code-no-meter.cashier': 'هذا الإيصال لدفع بلا عداد. ابحث عن العميل بالاسم أو الرقم.',
  'error.receipt-code-no-meter.customer': 'من فضلك قل لي رقم عدادك.',
  'error.receipt-code-signature.cashier':
    'التوقيع ليس لمفتاح المحطة {keyId}: صنعت هذا الرمز محطة أخرى أو تغير بعد ذلك.',
  'error.receipt-code-signature.customer': 'لا أستطيع تأكيد هذا الإيصال هنا.',
};
