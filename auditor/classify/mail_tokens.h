// Signs that an address in a mail was made for one recipient, whoever's address it is.
#pragma once

#include <string_view>

namespace crmaudit::classify {

/// From another machine, not a part of the mail.
bool is_remote(std::string_view address);

/// An e-mail address, or a long number or text that looks random, in the address; what pictures of any page have in
/// theirs (versions, signatures of storage services, hashes of content in the name of a file) is none.
bool image_names_recipient(std::string_view address);

/// Something of the kind anywhere in the address.
bool has_token(std::string_view address);

/// The name of a file by which pages are spaced.
bool is_spacer(std::string_view address);

/// A link that leads on to elsewhere and has a token, or one with an e-mail address in it.
bool link_names_recipient(std::string_view address);

}  // namespace crmaudit::classify
