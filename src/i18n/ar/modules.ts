import type { Translation } from '../catalogue.ts';
import type { modules as english } from '../en/modules.ts';

export const modules: Translation<typeof english> = {
  'error.module-sign-in.cashier':
    'لم يقبل خادم الرموز عند {place} اسم هذه المحطة وكلمة سرها. لن يحاول بهما مرة أخرى؛ اتصل بالمشرف.',
  'error.module-sign-in.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-other-certificate.cashier':
    'الخادم عند {place} ليس الذي سجل. لم يرسل إليه شيء؛ اتصل بالمشرف.',
  'error.module-other-certificate.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-service-off.cashier': 'خادم الرموز عند {place} لا يصنع رموزا الآن. لم يصنع شيء؛ حاول لاحقا.',
  'error.module-service-off.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-missing.cashier':
    'لم يعثر على وحدة أمان عند {place}. صلها وشغلها؛ ويستمر البحث وطباعة النسخ في هذه الأثناء.',
  'error.module-missing.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-permission.cashier':
    'لا يجوز لهذا الحساب استعمال وحدة الأمان عند {place}. على المشرف إعطاؤه الحق كما يقول الدليل.',
  'error.module-permission.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-busy.cashier':
    'برنامج آخر يستعمل وحدة الأمان عند {place}. أغلق ذلك البرنامج، أو افصل الوحدة وصلها.',
  'error.module-busy.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-disconnected.cashier': 'فصلت وحدة الأمان وهي تعمل. البيع محفوظ؛ صلها ثم اسألها مرة أخرى.',
  'error.module-disconnected.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-unknown-status.cashier':
    'أجابت وحدة الأمان بحالة غير معروفة ({status}). البيع محفوظ؛ اتصل بالمشرف.',
  'error.module-unknown-status.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-not-supported.cashier': 'هذا النوع من وحدات الأمان لا يستطيع فعل ذلك ({call}). لم يتغير شيء.',
  'error.module-not-supported.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-approval.cashier':
    'يجب أن يوافق شخصان مختلفان على هذا، ويسجل الثاني الدخول لذلك الآن. لم يتغير شيء.',
  'error.module-approval.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-hardware.cashier': 'تبلغ وحدة الأمان عن عطل في جهازها. أطفئها وشغلها؛ وإن عاد فاتصل بالمشرف.',
  'error.module-hardware.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
  'error.module-format.cashier': 'لم تفهم وحدة الأمان الطلب (02). لم يصنع شيء؛ اتصل بالمشرف.',
  'error.module-format.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-token-crc.cashier': 'لا يفك الرمز بمفتاح هذا العداد. تحقق من رقم العداد ومن الرمز.',
  'error.module-token-crc.customer': 'هذا الرقم ليس رمزا لذلك العداد.',
  'error.module-request-crc.cashier':
    'وصل الطلب إلى وحدة الأمان تالفا (20). لم يصنع شيء؛ تحقق من سلكها وبع مرة أخرى.',
  'error.module-request-crc.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-command.cashier': 'لا تعرف وحدة الأمان هذا الطلب (21). لم يصنع شيء؛ اتصل بالمشرف.',
  'error.module-command.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-kek-state.cashier':
    'وحدة الأمان غير جاهزة لأخذ المفاتيح (26). صدر طلبها مرة أخرى واطلب صنع مفاتيح لها.',
  'error.module-kek-state.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-kek-missing.cashier':
    'ليس في وحدة الأمان مفتاح نقل لهذا الملف أو مكان له (27). صدر طلبها مرة أخرى.',
  'error.module-kek-missing.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-key-change.cashier':
    'لا تسمح وحدة الأمان بهذا التغيير لمفتاح العداد (29). على المكتب الرئيسي مراجعة سجل العداد.',
  'error.module-key-change.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-credit-used-up.cashier':
    'نفد رصيد وحدة الأمان للمجموعة {sgc}. لا يباع شيء آخر هناك حتى يجدده المكتب الرئيسي.',
  'error.module-credit-used-up.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-other-id.cashier':
    'صنع ملف المفاتيح للوحدة {found}؛ وهذه {wanted}. لم يحمل شيء؛ اطلب ملفا لهذه الوحدة.',
  'error.module-other-id.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-key-range.cashier':
    'إحدى تفاصيل مفتاح العداد خارج حدود وحدة الأمان (40). على المكتب الرئيسي مراجعة سجل العداد.',
  'error.module-key-range.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-issue-over.cashier':
    'انتهى الوقت الذي يجوز فيه استعمال مفتاح بيع المجموعة {sgc}. على المكتب الرئيسي تحميل مفتاح جديد؛ وتحقق من الساعة أيضا.',
  'error.module-issue-over.customer': 'لا يمكن خدمة عدادك في هذا الشباك اليوم.',
  'error.module-clock-window.cashier':
    'ساعة الوحدة ({moduleTime}) وساعة الحاسوب ({computerTime}) متباعدتان كثيرا. اضبط ساعة الحاسوب؛ وإن كانت صحيحة فاتصل بالمشرف.',
  'error.module-clock-window.customer': 'يجب ضبط ساعة الجهاز أولا.',
  'error.module-log-end.cashier': 'ليس في سجل وحدة الأمان قيود أخرى (45). لا شيء آخر يقرأ.',
  'error.module-log-end.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-subclass.cashier':
    'لا يجوز لمفتاح بيع المجموعة {sgc} صنع هذا النوع من الرموز (48). على المكتب الرئيسي مراجعة المفتاح.',
  'error.module-subclass.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-record-format.cashier':
    'أحد سجلات ملف المفاتيح ليس بالشكل الذي تأخذه الوحدة (49). لم يحمل شيء؛ اطلب الملف مرة أخرى.',
  'error.module-record-format.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-field-count.cashier':
    'كانت حقول الطلب أقل أو أكثر مما تريده وحدة الأمان (60). لم يصنع شيء؛ اتصل بالمشرف.',
  'error.module-field-count.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-field-type.cashier':
    'كان أحد حقول الطلب من نوع خاطئ لوحدة الأمان (61). لم يصنع شيء؛ اتصل بالمشرف.',
  'error.module-field-type.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-field-encoding.cashier':
    'كتب أحد حقول الطلب بطريقة لا تقرؤها وحدة الأمان (62). لم يصنع شيء؛ اتصل بالمشرف.',
  'error.module-field-encoding.customer': 'لا يستطيع الجهاز صنع رموز الآن.',
  'error.module-field-range.cashier':
    'كان أحد حقول الطلب خارج حدود وحدة الأمان (63). لم يصنع شيء؛ راجع سجل العداد.',
  'error.module-field-range.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-meter-number.cashier':
    'لا تقبل وحدة الأمان رقم العداد هذا (76). على المكتب الرئيسي مراجعة سجل العداد.',
  'error.module-meter-number.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-load-mac.cashier': 'ختم ملف المفاتيح غير صحيح (77): تغير أو صنع لوحدة أخرى. لم يحمل شيء.',
  'error.module-load-mac.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-load-kcv.cashier':
    'أحد المفاتيح لا يعطي قيمة التحقق التي يعلنها ملفه (78). لا تستعمله؛ اطلب الملف مرة أخرى.',
  'error.module-load-kcv.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-default-key.cashier':
    'ما زال في هذا العداد مفتاحه الأصلي الذي لا يقبل رصيدا (80). يحتاج إلى تغيير المفتاح أولا.',
  'error.module-default-key.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-token-count.cashier':
    'عدد رموز تغيير المفتاح لا يناسب هذا العداد (85). لم يصنع شيء؛ راجع سجل العداد.',
  'error.module-token-count.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-instruction.cashier':
    'رفضت وحدة الأمان تعليمة موقعة (87). لم يتغير شيء؛ اطلب من مرسلها واحدة جديدة.',
  'error.module-instruction.customer': 'يجري الاعتناء بمفاتيح الجهاز؛ هذا يأخذ لحظة.',
  'error.module-key-attribute.cashier':
    'إحدى صفات مفتاح البيع غير صحيحة (94). على المكتب الرئيسي تحميل المفتاح مرة أخرى.',
  'error.module-key-attribute.customer': 'لا يمكن خدمة عدادك في هذا الشباك.',
  'error.module-own-words.cashier': 'تقول وحدة الأمان: {text}. البيع محفوظ؛ اتصل بالمشرف.',
  'error.module-own-words.customer': 'مالك مسجل. على الجهاز أن يتحقق من أمر قبل إعطاء الرمز.',
};
