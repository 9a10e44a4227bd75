import type { Translation } from '../catalogue.ts';
import type { exchange as english } from '../en/exchange.ts';

/** المقر: ما يقوله الشريط، ولماذا لم تقبل دفعة، وإذن البيع. */
export const exchange: Translation<typeof english> = {
  'strip.office.stand-alone': 'محطة مستقلة: حدودها هي',
  'strip.office.not-enrolled': 'غير مسجلة لدى المقر',
  'strip.office.asked': 'في انتظار المقر',
  'strip.office.enrolled':
    '{waiting, plural, =0 {المقر مطلع على كل شيء} one {دفعة واحدة للإرسال} two {دفعتان للإرسال} few {# دفعات للإرسال} many {# دفعة للإرسال} other {# دفعة للإرسال}}',
  'strip.office.sent':
    '{waiting, plural, zero {لا دفعات أرسلت} one {دفعة واحدة أرسلت بلا رد} two {دفعتان أرسلتا بلا رد} few {# دفعات أرسلت بلا رد} many {# دفعة أرسلت بلا رد} other {# دفعة أرسلت بلا رد}}',
  'strip.office.busy': 'تبادل مع المقر',
  'strip.office.problem': 'المقر: يحتاج نظرة',
  'strip.allowance.value': 'بقي {value} للبيع',
  'strip.allowance.tokens':
    '{tokens, plural, zero {لم تبق عملية بيع} one {بقيت عملية بيع واحدة} two {بقيت عمليتا بيع} few {بقيت # عمليات بيع} many {بقيت # عملية بيع} other {بقيت # عملية بيع}}',
  'strip.allowance.minutes':
    '{hours, plural, zero {لم تبق ساعة} one {بقيت ساعة واحدة} two {بقيت ساعتان} few {بقيت # ساعات} many {بقيت # ساعة} other {بقيت # ساعة}}',
  'error.allowance-value.cashier':
    'يسمح المقر ببيع {left} أخرى هنا. خذ مبلغا أصغر، أو اطلب من المشرف إذنا جديدا.',
  'error.allowance-value.customer': 'لا أستطيع بيع هذا القدر الآن. قد يصلح مبلغ أصغر.',
  'error.allowance-tokens.cashier': 'انتهى عدد عمليات البيع التي سمح بها المقر. اطلب من المشرف إذنا جديدا.',
  'error.allowance-tokens.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.allowance-time.cashier': 'انتهى الوقت الذي سمح فيه المقر بالبيع. اطلب من المشرف إذنا جديدا.',
  'error.allowance-time.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.allowance-per-sale.cashier': 'يسمح المقر بما لا يزيد على {limit} في عملية واحدة هنا. خذ مبلغا أصغر.',
  'error.allowance-per-sale.customer': 'أستطيع بيع {limit} على الأكثر في المرة.',
  'error.stand-alone.cashier': 'لا مقر في إعدادات هذه المحطة: تبيع بحدودها هي. لم يرسل شيء.',
  'error.stand-alone.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.head-office-unreachable.cashier':
    'لا يمكن الوصول إلى المقر ({reason}). واصل البيع: تعاد المحاولة من تلقاء نفسها.',
  'error.head-office-unreachable.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.enrolment-reply.cashier': 'لم يقبل رد المقر على التسجيل ({reason}). سجل من جديد.',
  'error.enrolment-reply.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.not-enrolled.cashier': 'هذه المحطة غير مسجلة لدى المقر. اطلب رمزا من المقر وسجلها.',
  'error.not-enrolled.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.training-alone.cashier': 'التدريب لا يرسل شيئا إلى المقر. لم يتغير شيء.',
  'error.training-alone.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-gap.cashier':
    'تنقص المقر دفعة سابقة من هذه المحطة. أرسل كل شيء من جديد؛ وإن لم ينفع فاتصل بالمقر.',
  'error.ack-gap.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-bad-signature.cashier':
    'لا يعرف المقر توقيع هذه المحطة. قارن البصمتين مع المقر؛ وسجل من جديد إن اختلفتا.',
  'error.ack-bad-signature.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-damaged.cashier':
    'وصلت دفعة إلى المقر تالفة. ترسل من جديد من تلقاء نفسها؛ وإن استمر ذلك فاتصل بالمقر.',
  'error.ack-damaged.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-totals-mismatch.cashier':
    'يحسب المقر مجاميع أخرى لدفعة غير ما في هذه المحطة. واصل البيع واتصل بالمقر.',
  'error.ack-totals-mismatch.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-fork.cashier':
    'لدى المقر قيود أخرى تحت أرقام هذه المحطة: قد تكون نسخة منها مستعملة. أوقف البيع واتصل بالمقر.',
  'error.ack-fork.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.ack-new-epoch.cashier': 'استعيدت هذه المحطة أو لها مفتاح جديد. اطلب رمزا من المقر وسجلها من جديد.',
  'error.ack-new-epoch.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.ack-retired.cashier': 'أحال المقر هذه المحطة على التقاعد. أوقف البيع واتصل بالمقر.',
  'error.ack-retired.customer': 'لا يستطيع الجهاز البيع الآن.',
  'error.package-refused.cashier': 'لم تقبل بيانات من المقر؛ ما كان من قبل باق. اتصل بالمقر.',
  'error.package-refused.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.package-left.cashier':
    'أعاد المقر ما فقده هذا الجهاز، لكن لم يمكن أخذه كله. واصل البيع؛ يجده المشرف في تقرير التدقيق تحت «حزمة من المكتب الرئيسي».',
  'error.package-left.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.office-station-name.cashier': '{station} ليس اسم محطة: من 1 إلى 12 علامة من A-Z و0-9.',
  'error.office-station-name.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.office-station-unknown.cashier': 'لا يعرف المقر محطة {station}. أضفها أولا.',
  'error.office-station-unknown.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.office-enrol-code.cashier': 'لم يقدم طلب {station} برمزها المفتوح. أعطها رمزا جديدا.',
  'error.office-enrol-code.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.office-enrol-epoch.cashier':
    'وقع مفتاح آخر لـ {station} العهد {epoch} من قبل. على المحطة أن تبدأ عهدا جديدا: سجلها من جديد هناك.',
  'error.office-enrol-epoch.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.office-missing.cashier': 'لا مقر في {folder}. أنشئه بالأمر init.',
  'error.office-missing.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
  'error.publish-file.cashier': 'لم يقرأ {file} عند {where}: {reason}. لم ينشر شيء.',
  'error.publish-file.customer': 'يجري الاعتناء ببيانات الجهاز؛ هذا يأخذ لحظة.',
};
