// Bodies of mails as CRMs store them: as they were sent (quoted-printable), within quotes of JSON, or with the markup
// itself written as entities. Here they become markup again.
#pragma once

#include <string>
#include <string_view>

namespace crmaudit::classify {

/// The markup of a stored body, or of a part of one. Soft breaks are joined and =3D becomes = where the body is
/// quoted-printable; a body without any tag in which tags stand as entities is resolved, also when that was done twice.
std::string mail_markup(std::string_view body);

/// "&amp;", "&#61;", "&#x3D;" and the named letters of western languages as what they stand for; others stay.
std::string without_entities(std::string_view text);

/// In lower case (ASCII and Latin-1 letters of UTF-8), white space of any kind as one blank, marks without width left
/// out.
std::string folded_text(std::string_view text);

}  // namespace crmaudit::classify
