import type { Translation } from '../catalogue.ts';
import type { shifts as english } from '../en/shifts.ts';

export const shifts: Translation<typeof english> = {
  'error.no-open-shift.cashier': 'لا توجد وردية مفتوحة لك. افتح واحدة بالمال الذي في الدرج ثم بع.',
  'error.no-open-shift.customer': 'يفتح هذا الشباك بعد لحظة.',
  'error.shift-ended.cashier': 'انتهت الوردية {number}. عد الدرج وأغلقها ثم افتح التالية.',
  'error.shift-ended.customer': 'هذا الشباك مغلق الآن.',
  'error.drawer-unknown.cashier': 'لا يوجد درج {drawer} هنا. اختر واحدا من القائمة.',
  'error.drawer-unknown.customer': 'يفتح هذا الشباك بعد لحظة.',
  'error.drawer-in-use.cashier': 'الدرج {drawer} مستعمل في الوردية {number}. يجب إغلاقها أولا.',
  'error.drawer-in-use.customer': 'يفتح هذا الشباك بعد لحظة.',
  'error.shift-held.cashier': 'الوردية {number} ما زال معها الدرج {drawer}. لكل شخص درج واحد: أغلقها أولا.',
  'error.shift-held.customer': 'يفتح هذا الشباك بعد لحظة.',
  'error.count-invalid.cashier': 'لا يمكن أن يكون العد صحيحا: كل ورقة وقطعة مرة واحدة، وفقط المستعملة هنا.',
  'error.count-invalid.customer': 'يجري عد الدرج.',
  'error.shift-unknown.cashier': 'لا توجد وردية كهذه.',
  'error.shift-unknown.customer': 'يجري الاعتناء بالدرج.',
  'error.shift-step.cashier':
    'الوردية {number} {step, select, opened {ما زالت تبيع: أنهها أولا} ended {انتهت وتنتظر العد} counted {عدت وتنتظر الإغلاق} other {مغلقة: يبقى تقرير Z كما هو}}.',
  'error.shift-step.customer': 'يجري الاعتناء بالدرج.',
  'error.shift-not-yours.cashier': 'الوردية {number} لشخص آخر. يمكنه هو أو المشرف فعل هذا.',
  'error.shift-not-yours.customer': 'يجري الاعتناء بالدرج.',
  'error.shift-same-person.cashier': 'تحتاج الوردية {number} إلى شخص ثان لهذا.',
  'error.shift-same-person.customer': 'يجري الاعتناء بالدرج.',
  'error.reason-needed.cashier': 'اذكر السبب: السبب يحفظ.',
  'error.reason-needed.customer': 'لحظة؛ يجب تدوينه.',
  'drawers.title': 'الأدراج والنقود',
  'drawers.about': 'أسماء الأدراج، والأوراق والقطع التي تُعد، ومن يغلق الوردية.',
  'drawers.names': 'الأدراج هنا',
  'drawers.names.hint':
    '{count, plural, zero {لا أدراج} one {درج واحد} two {درجان} few {# أدراج} many {# درجا} other {# درج}}. توضع فاصلة منقوطة بين اسمين.',
  'drawers.money': 'الأوراق والقطع النقدية',
  'drawers.money.hint': 'مبالغ بينها فاصلة منقوطة، مثل 5; 10; 20.',
  'drawers.closer': 'من يغلق الوردية',
  'drawers.closer.same': 'يجوز لأمين الصندوق إغلاقها',
  'drawers.closer.another': 'يجب أن يغلقها شخص آخر',
  'drawers.beneficiary': 'حساب مصرفي باسم',
  'drawers.beneficiary.hint': 'يُطبع على قسيمة الإيداع. يمكن تركه فارغا.',
  'drawers.save': 'حفظ',
  'drawers.saved': 'تم الحفظ. يسري من الآن.',
  'error.settings-not-kept.cashier':
    'تعذرت كتابة ملف الإعدادات {file} ({reason})، فلم يتغير شيء. اتصل بمن يعتني بهذا الحاسوب ثم حاول مرة أخرى.',
  'error.settings-not-kept.customer': 'لحظة من فضلك.',
  'error.drawer-set-up.cashier':
    '{reason, select, empty {يحتاج الدرج إلى اسم.} twice {لدرجين الاسم نفسه. غيّر أحدهما.} coin {الورقة أو القطعة نفسها مذكورة مرتين. احذف واحدة.} other {لا يمكن دفع أحد هذه المبالغ نقدا هنا. راجع الأوراق والقطع.}}',
  'error.drawer-set-up.customer': 'لحظة من فضلك.',
};
