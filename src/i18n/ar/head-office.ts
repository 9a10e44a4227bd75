import type { Translation } from '../catalogue.ts';
import type { headOffice as english } from '../en/head-office.ts';

/** المقر في صفحة المدير: من يعرف من، وما التالي، وما قاله. */
export const headOffice: Translation<typeof english> = {
  'headoffice.title': 'المقر',
  'headoffice.about': 'التسجيل والبصمات وما ينتظر وما يقوله المقر.',
  'headoffice.looking': 'يجري النظر في وضع هذه المحطة.',
  'headoffice.state':
    '{state, select, standAlone {هذه المحطة مستقلة: تبيع ضمن حدودها ولا ترسل شيئا.} notEnrolled {المقر لا يعرف هذه المحطة بعد.} restored {استعيدت هذه المحطة من نسخة احتياطية ويجب تسجيلها من جديد.} newKey {مفتاح هذه المحطة ليس الذي يعرفه المقر.} asked {الطلب لدى المقر ولم يرد بعد.} asking {المقر يعرف هذه المحطة، وقد طلب تسجيل جديد.} other {المقر يعرف هذه المحطة.}}',
  'headoffice.do':
    '{state, select, standAlone {للانضمام إلى مقر يكتب هنا مدير النظام المجلد الذي تمر به الملفات. أما الخادم (SFTP) فيكتب في الإعدادات (headOffice في station.json) ثم يعاد تشغيل المحطة.} notEnrolled {اطلب من المقر رمزا لمرة واحدة: “headoffice station add {station}”. اكتبه هنا. تابع البيع، فلا يضيع شيء.} restored {ما يباع من الآن يأخذ أرقام حقبة جديدة حتى لا يستعمل رقم مرتين. اطلب من المقر رمزا جديدا: “headoffice station add {station}”. وما ينقص النسخة يعود مع الحزمة التالية.} newKey {المفتاح القديم ضاع فتبدأ حقبة جديدة. اطلب من المقر رمزا جديدا: “headoffice station rotate {station}”.} asked {قارن البصمة مع المقر بالهاتف. إن لم يأت رد فقد كتب الرمز خطأ أو استعمل من قبل: اطلب غيره واكتبه.} asking {يستمر كل شيء كما كان حتى يرد المقر. قارن البصمة معه بالهاتف. إن لم يأت رد فقد كتب الرمز خطأ أو استعمل من قبل: اطلب غيره واكتبه.} other {يرسل ما يباع كل {minutes} دقيقة، وعند كل تقرير Z، وبعد التشغيل، وعند الإرسال من هنا.}}',
  'headoffice.keys': 'المفاتيح والملفات',
  'headoffice.fact.own': 'بصمة هذه المحطة',
  'headoffice.fact.office': 'بصمة المقر',
  'headoffice.fact.next': 'بصمة المفتاح التالي',
  'headoffice.fact.place': 'تذهب الملفات إلى',
  'headoffice.place': 'أين تذهب الملفات',
  'headoffice.place.folder': 'المجلد',
  'headoffice.place.hint':
    'مجلد يصل إليه المقر أيضا: على الشبكة أو على ذاكرة تُحمل إليه وتعاد. يجب أن يكون موجودا الآن. داخله تخرج الملفات في \u2066{station}/up\u2069 وتُنتظر الردود في \u2066{station}/down\u2069.',
  'headoffice.place.do': 'استعمل هذا المجلد',
  'headoffice.place.change': 'اختر مجلدا آخر',
  'headoffice.fact.epoch': 'الحقبة',
  'headoffice.fact.waiting': 'في الانتظار',
  'headoffice.waiting':
    '{batches, plural, =0 {لا دفعات} one {دفعة واحدة} two {دفعتان} few {# دفعات} many {# دفعة} other {# دفعة}}، {records, plural, =0 {لا قيود جديدة} one {قيد جديد واحد} two {قيدان جديدان} few {# قيود جديدة} many {# قيدا جديدا} other {# قيد جديد}}',
  'headoffice.compare':
    'يجب أن يرى الطرفان العلامات نفسها. يقرأ المقر بصمة المحطة بالأمر “\u2066headoffice station keys {station}\u2069”، وبصمته بجانب الرمز الذي أعطاه.',
  'headoffice.enrol': 'تسجيل المحطة {station}',
  'headoffice.enrol.do': 'تسجيل',
  'headoffice.enrol.again': 'تسجيل برمز جديد',
  'headoffice.code': 'رمز لمرة واحدة',
  'headoffice.code.hint': '16 حرفا ورقما في مجموعات من أربعة كما قرأها المقر.',
  'headoffice.rotate': 'تغيير المفتاح',
  'headoffice.rotate.why':
    'يصنع مفتاح جديد الآن. تعلنه الدفعة التالية موقعة بالقديم، ثم يوقع الجديد. بعدها يراه المقر بالأمر “\u2066headoffice station keys {station}\u2069”.',
  'headoffice.rotate.do': 'صنع المفتاح التالي',
  'headoffice.send': 'إرسال الآن',
  'headoffice.fetch': 'البحث عن الرد',
  'headoffice.refused': 'لم يأخذه المقر',
  'headoffice.batch': 'الدفعة {batch}:',
  'headoffice.said': 'ما يقوله المقر',
  'headoffice.said.nothing': 'لم تأت حزمة بعد.',
  'headoffice.said.last': 'الحزمة {number}، أخذت {moment}',
  'headoffice.messages': 'رسائل',
  'headoffice.allowance': 'إذن البيع',
  'headoffice.limit.perSaleMinor': 'أقصى بيع واحد',
  'headoffice.limit.perMeterDayMinor': 'العداد في اليوم',
  'headoffice.limit.perOperatorDayMinor': 'الشخص في اليوم',
  'headoffice.limit.perOperatorShiftMinor': 'الشخص في الوردية',
  'headoffice.role': '{name}، الدور',
  'strip.office.sending': 'إرسال الدفعة {number} من {all}',
  'error.enrolment-code.cashier':
    'هذا ليس رمزا لمرة واحدة: له 16 علامة من A إلى Z ومن 2 إلى 7. راجعه مع المقر واكتبه من جديد.',
  'error.enrolment-code.customer': 'يجري العمل على بيانات الجهاز، لحظة من فضلك.',
  'error.folder-exchange.cashier':
    '{reason, select, server {تذهب الملفات إلى خادم مكتوب في station.json. من يعتني بهذا الحاسوب يغيره هناك.} relative {اكتب المسار كاملا من القرص أو الجذر.} missing {لا يوجد مجلد {folder}. أدخل الذاكرة أو اسأل من يرعى المجلد المشترك ثم حاول مرة أخرى.} other {لا تستطيع هذه المحطة الكتابة في {folder}. اسأل من يعتني بهذا الحاسوب.}}',
  'error.folder-exchange.customer': 'يجري العمل على بيانات الجهاز، لحظة من فضلك.',
  'error.import-file.cashier': '{file} ليس مجلد تبادل ولا ملف دفعة. لم يستورد شيء.',
  'error.import-file.customer': 'يجري العمل على بيانات الجهاز، لحظة من فضلك.',
};
